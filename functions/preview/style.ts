/** The style sheet of the preview page. */
export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#d8d4cc, #3a3e49); --soft: light-dark(#5f5e66, #a5a8b5); --card: light-dark(#fff, #1f2127); --bubble: light-dark(#e9e7e2, #31353f) }
body { margin: 0 auto; max-width: 80rem; padding: 1rem 1.2rem 3rem; font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; background: light-dark(#f4f2ee, #16171b) }
h1 { font-size: 1.3rem; overflow-wrap: anywhere } h2 { margin-top: 2rem; font-size: 1.1rem } h3 { margin: 0; font-size: 1rem } h4 { margin: 1.2rem 0 .3rem; font-size: .9rem }
section { margin: 1rem 0; padding: 1rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: .7rem }
.soft, dt, figcaption { color: var(--soft) }
.soft { margin: 0; font-size: .85rem }
.reason { padding: .6rem 1rem; border-inline-start: 4px solid #c0392b; background: var(--card) }
dl { display: flex; flex-wrap: wrap; gap: .1rem 1.4rem; margin: .3rem 0; font-size: .85rem }
dl div { display: flex; gap: .4rem } dd { margin: 0; overflow-wrap: anywhere }
.windows { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start }
figure { margin: .5rem 0; max-width: 100%; overflow-x: auto } figcaption { font-size: .8rem }
.mail { box-sizing: content-box; padding: .7rem .8rem; border: 1px solid var(--line); border-radius: .4rem; font: .85rem/1.45 ui-monospace, "Noto Sans Mono", "Noto Sans Mono CJK SC", monospace }
.mail p, .sms p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start }
.sms { width: fit-content; max-width: 20rem; padding: .6rem .85rem; background: var(--bubble); border-radius: 1.1rem; border-end-start-radius: .3rem; font-size: .95rem }
details { margin-top: 1rem } pre { overflow: auto; padding: .7rem; border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8rem }
li { margin: .6rem 0 } .fate { padding: 0 .5rem; border-radius: 1rem; font-size: .8rem; background: var(--bubble) } .fate.sent { background: light-dark(#d9efdc, #1e4427) } .fate.rejected { background: light-dark(#f6d8d4, #5a231c) }
`;
