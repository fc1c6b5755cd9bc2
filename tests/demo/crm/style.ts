/** How the demo CRM looks: moss and chalk, one green, hairlines; a dark palette of its own. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f3; --sheet: #ffffff; --ink: #1d231c; --faint: #626b60; --line: #dde1d8;
  --green: #2f6b3c; --green-soft: #e4efe2; --amber-soft: #f5ead2; --amber: #7a5712; --blue-soft: #e1eaf3; --blue: #2c5680;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #141813; --sheet: #1b211a; --ink: #e6eae2; --faint: #98a294; --line: #2e362c;
    --green: #86c58f; --green-soft: #22371f; --amber-soft: #3a2f16; --amber: #e2c27c; --blue-soft: #1d2e3e; --blue: #9cc3e6;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
a { color: var(--green); text-underline-offset: 2px; }
a:focus-visible, input:focus-visible, button:focus-visible, textarea:focus-visible { outline: 2px solid var(--green); outline-offset: 2px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 15px; margin: 0 0 12px; }
p { margin: 0 0 8px; }
.top { display: flex; align-items: center; gap: 32px; padding: 0 24px; height: 56px; background: var(--sheet); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 650; color: var(--ink); text-decoration: none; white-space: nowrap; }
.top nav { display: flex; gap: 4px; flex: 1; overflow-x: auto; }
.top nav a { padding: 6px 12px; border-radius: 6px; color: var(--faint); text-decoration: none; white-space: nowrap; }
.top nav a:hover { color: var(--ink); }
.top nav a[aria-current] { color: var(--ink); background: var(--ground); font-weight: 600; }
.me { color: var(--faint); white-space: nowrap; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 24px 64px; }
.lead { color: var(--faint); margin-bottom: 24px; max-width: 64ch; }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; padding: 20px 24px; margin-bottom: 20px; }
.scroll { margin-bottom: 20px; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 11px 16px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-size: 13px; font-weight: 600; color: var(--faint); }
table.wrap td { white-space: normal; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
tbody tr:hover { background: color-mix(in srgb, var(--ground) 60%, transparent); }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
th.number { text-align: right; }
.chip { display: inline-block; padding: 1px 9px; border-radius: 99px; font-size: 13px; background: var(--blue-soft); color: var(--blue); }
.chip.Building { background: var(--amber-soft); color: var(--amber); }
.chip.Done { background: var(--green-soft); color: var(--green); }
.columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 20px; align-items: start; }
dl { display: grid; grid-template-columns: 120px minmax(0, 1fr); gap: 8px 16px; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.note { padding: 12px 0; border-top: 1px solid var(--line); }
.note:first-of-type { border-top: 0; padding-top: 0; }
.note small, .role { color: var(--faint); }
.acts { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0 24px; }
.act, button { display: inline-block; padding: 7px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); color: var(--ink); text-decoration: none; font: inherit; cursor: pointer; }
.act.main { background: var(--green); border-color: var(--green); color: var(--sheet); }
form { display: grid; gap: 12px; }
label { display: grid; gap: 4px; color: var(--faint); font-size: 13px; }
input[type="email"], input[type="text"] { font: inherit; font-size: 15px; padding: 7px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); color: var(--ink); }
iframe { display: block; width: 100%; height: 232px; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); }
ul.people { list-style: none; margin: 0; padding: 0; }
ul.people li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; padding: 10px 0; border-top: 1px solid var(--line); }
ul.people li:first-child { border-top: 0; padding-top: 0; }
.bare { background: var(--sheet); }
.bare main { padding: 16px 24px; }
@media (max-width: 720px) { .columns { grid-template-columns: 1fr; } .top { gap: 16px; padding: 0 16px; } .me { display: none; } main { padding: 24px 16px 48px; } }
`;

/** Three pickets. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#2f6b3c"/><path fill="#f6f7f3" d="M5 8l2-3 2 3v11H5zM10 8l2-3 2 3v11h-4zM15 8l2-3 2 3v11h-4z"/><path fill="#2f6b3c" d="M4 11h16v1.4H4zM4 15h16v1.4H4z"/></svg>`;
