/** Properties of the text inside an element, inherited by the elements inside it. */
export const flags = {
  silent: 1,
  aside: 2,
  labelled: 4,
  small: 8,
  link: 16,
  paragraph: 32,
  heading: 64,
  item: 128,
  quote: 256,
  cell: 512,
  preformatted: 1024,
  code: 2048,
  term: 4096,
  description: 8192,
} as const;

const elements: Readonly<Record<string, number>> = {
  a: flags.link,
  aside: flags.aside,
  audio: flags.silent,
  blockquote: flags.quote,
  button: flags.silent,
  canvas: flags.silent,
  code: flags.code,
  dd: flags.item | flags.description,
  dt: flags.item | flags.term,
  dialog: flags.aside,
  figcaption: flags.aside,
  figure: flags.aside,
  footer: flags.aside,
  form: flags.aside,
  h1: flags.heading,
  h2: flags.heading,
  h3: flags.heading,
  h4: flags.heading,
  h5: flags.heading,
  h6: flags.heading,
  head: flags.silent,
  iframe: flags.silent,
  kbd: flags.code,
  li: flags.item,
  math: flags.silent,
  nav: flags.aside,
  noscript: flags.aside,
  object: flags.silent,
  p: flags.paragraph,
  pre: flags.preformatted,
  rp: flags.silent,
  rt: flags.silent,
  samp: flags.code,
  script: flags.silent,
  select: flags.silent,
  small: flags.small,
  style: flags.silent,
  svg: flags.silent,
  table: flags.cell,
  template: flags.silent,
  textarea: flags.silent,
  title: flags.silent,
  video: flags.silent,
};

/** The flags of an element by its name in lower case; 0 for most. */
export const flagsOf = (name: string): number => (Object.hasOwn(elements, name) ? elements[name]! : 0);

const blockElements = new Set(
  (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);

/** Whether an element starts and ends a block of text. */
export const isBlockElement = (name: string): boolean => blockElements.has(name);
