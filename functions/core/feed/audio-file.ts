/** The audio file of an entry, such as a podcast's episode. */
export interface AudioFile {
  /** Absolute, `http:` or `https:` only. */
  readonly link: string;
  /** Length in whole seconds, at most a day; absent if the feed does not say it. */
  readonly seconds?: number;
}

const audioName = /\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)(?:[?#]|$)/i;

/** Whether a file is audio: by its media type, else by the name in its address. */
export const isAudio = (type: string, address: string): boolean =>
  type === "" || type === "application/octet-stream" ? audioName.test(address) : /^audio\b/i.test(type);

const maxSeconds = 86_400;

/** A length in seconds, `1:02:03` or `42:10` (Apple Podcasts, itunes:duration); `undefined` for anything else and for zero. */
export function secondsOf(text: string): number | undefined {
  const found = /^(?:(\d{1,2}):)?(\d{1,5})(?::(\d{1,2}))?(?:\.\d{1,9})?$/.exec(text.trim());
  if (found === null) return undefined;
  const [first, second, third] = found
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const numbers = [first, second, third].filter((number) => number !== undefined);
  const seconds = numbers.reduce((sum, number) => sum * 60 + number, 0);
  return seconds > 0 && seconds <= maxSeconds ? seconds : undefined;
}
