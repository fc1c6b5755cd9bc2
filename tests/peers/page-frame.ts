import type { PeerAnswer } from './peer.ts';

/** Makes text safe inside HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The look of all sign-in pages: one card, light and dark, no file to load. */
const STYLE = `
:root { color-scheme: light dark; --ground:#f4f2ee; --card:#fff; --ink:#1d1b18; --soft:#6b665e; --line:#dcd8d0; --act:#1a5fd0; --on-act:#fff; --bad:#b3261e }
@media (prefers-color-scheme: dark) { :root { --ground:#171614; --card:#211f1c; --ink:#efebe4; --soft:#a39d93; --line:#3a3732; --act:#8ab4f8; --on-act:#10233f; --bad:#f2b8b5 } }
* { box-sizing: border-box }
body { margin:0; min-height:100vh; display:grid; place-items:center; padding:16px; background:var(--ground); color:var(--ink); font:16px/1.5 system-ui, sans-serif }
main { width:100%; max-width:440px; background:var(--card); border:1px solid var(--line); border-radius:8px; padding:32px }
.who { color:var(--soft); font-size:13px; margin:0 0 24px; display:flex; gap:8px; align-items:center }
.who b { display:inline-grid; place-items:center; width:24px; height:24px; border-radius:50%; background:var(--act); color:var(--on-act); font-weight:600 }
h1 { font-size:24px; line-height:1.25; font-weight:600; margin:0 0 8px }
p { margin:0 0 16px }
.soft, footer { color:var(--soft); font-size:13px }
.bad { color:var(--bad) }
label { display:block; margin:16px 0 4px; font-size:13px; color:var(--soft) }
input[type=email], input[type=password], input[type=text] { width:100%; padding:8px 12px; font:inherit; color:inherit; background:var(--card); border:1px solid var(--line); border-radius:8px }
ul { list-style:none; margin:16px 0; padding:0; border-top:1px solid var(--line) }
li { border-bottom:1px solid var(--line) }
li > label, li > span { display:flex; gap:12px; align-items:flex-start; margin:0; padding:12px 0; font-size:16px; color:var(--ink) }
li input { margin:4px 0 0; width:16px; height:16px; flex:none; accent-color:var(--act) }
.row { width:100%; text-align:left; padding:12px 0; font:inherit; color:inherit; background:none; border:0; cursor:pointer }
.row small { display:block; color:var(--soft); font-size:13px }
.row:hover { color:var(--act) }
.acts { display:flex; gap:12px; flex-direction:row-reverse; margin-top:24px }
.acts button { font:inherit; padding:8px 20px; border-radius:8px; border:1px solid var(--line); background:none; color:var(--act); cursor:pointer }
.acts .main { background:var(--act); border-color:var(--act); color:var(--on-act); font-weight:600 }
:focus-visible { outline:2px solid var(--act); outline-offset:2px }
code { font-size:13px; overflow-wrap:anywhere }
footer { margin-top:32px; padding-top:16px; border-top:1px solid var(--line) }
`;

/** One page of a local provider. */
export interface Page {
  /** Said in the top line and the footer: nobody may take it for the real one. */
  readonly provider: string;
  readonly title: string;
  /** HTML, already escaped. */
  readonly body: string;
  readonly status?: number;
  /** HTML below the line. */
  readonly footer?: string;
  readonly script?: string;
}

/** The page as an answer. It may not be kept, framed or given a referrer, like the real ones. */
export function pageAnswer({
  provider,
  title,
  body,
  status = 200,
  footer,
  script,
}: Page): PeerAnswer {
  const name = escapeHtml(provider);
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="who"><b aria-hidden="true">${name.slice(0, 1)}</b> ${name}, local stand-in for tests</p>
${body}
<footer>${footer ?? 'Nothing here leaves this computer.'}</footer>
</main>${script === undefined ? '' : `\n<script>${script}</script>`}
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    },
    body: html,
  };
}
