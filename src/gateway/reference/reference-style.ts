export const STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2024, #e4e6e8);
  --faint: light-dark(#5c646c, #9aa2aa);
  --line: light-dark(#e1e4e8, #33383e);
  --page: light-dark(#fff, #16191c);
  --raised: light-dark(#f5f6f8, #1f2327);
  --link: light-dark(#0b5cad, #7ab7ff);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  display: grid;
  grid-template-columns: 20rem minmax(0, 1fr);
  background: var(--page);
  color: var(--text);
  font: 15px/1.5 system-ui, sans-serif;
}
header {
  position: sticky;
  top: 0;
  height: 100vh;
  overflow-y: auto;
  padding: 1.5rem;
  border-right: 1px solid var(--line);
  background: var(--raised);
}
.brand { margin: 0 0 1rem; font-size: 1.1rem; font-weight: 600; }
details { display: none; }
summary { cursor: pointer; }
nav { font-size: 0.87rem; line-height: 1.35; }
nav ul { list-style: none; margin: 0 0 1.2rem; padding: 0; }
nav li { display: grid; grid-template-columns: 3.5rem 1fr; align-items: baseline; padding: 0.15rem 0; }
nav li.topic { display: block; }
nav li small { font: 600 0.7rem ui-monospace, monospace; text-transform: uppercase; }
header a { color: var(--text); }
main { width: 100%; max-width: 66rem; margin: 0 auto; padding: 1.5rem 3rem 50vh; }
h1 { margin: 0 0 0.5rem; font-size: 1.8rem; }
h2 { margin: 3.5rem 0 0; font-size: 1.4rem; }
h3 { margin: 0 0 0.5rem; font-size: 1.1rem; }
main > h3 { margin-top: 2rem; }
h4 { margin: 1.2rem 0 0.3rem; font-size: 0.87rem; }
nav h4 { margin-top: 0; }
p { margin: 0.4rem 0; }
.lead { font-size: 1.1rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
h3 a { color: inherit; }
small { color: var(--faint); overflow-wrap: anywhere; }
section { padding: 1.5rem 0; border-bottom: 1px solid var(--line); }
code, pre { font: 0.87rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; margin: 0; padding: 0.8rem 1rem; border-radius: 6px; background: var(--raised); }
.route { overflow-wrap: anywhere; }
.route b { font: 600 0.8rem ui-monospace, monospace; }
.get { color: light-dark(#0b6e4f, #5fd0a5); }
.post { color: light-dark(#0b5cad, #7ab7ff); }
.put, .patch { color: light-dark(#8a5300, #f0b35c); }
.delete { color: light-dark(#b3261e, #ff8a80); }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
td { padding: 0.35rem 1rem 0.35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: break-word; }
td:last-child { padding-right: 0; }
.fields td:nth-child(1) { width: 13rem; }
.fields td:nth-child(2) { width: 29%; }
.common td:nth-child(1), .answers td:nth-child(1) { width: 4rem; }
.answers td:nth-child(2) { width: min(19rem, 40%); }
td b { color: light-dark(#b3261e, #ff8a80); }
@media (max-width: 50rem) {
  body { display: block; }
  header { position: static; height: auto; padding: 0.8rem 1.2rem; border: 0; border-bottom: 1px solid var(--line); }
  .brand { margin: 0; }
  details { display: block; }
  details:not([open]) + nav { display: none; }
  nav { padding-top: 1rem; }
  main { padding: 1.5rem 1.2rem 50vh; }
}
@media (max-width: 40rem) {
  table, tbody { display: block; }
  tr { display: flex; flex-wrap: wrap; gap: 0 0.8rem; padding: 0.4rem 0; border-top: 1px solid var(--line); }
  td { padding: 0; border: 0; min-width: 0; }
  .fields td:nth-child(n), .answers td:nth-child(n) { width: auto; }
  .common td:last-child { flex: 1; }
  .fields td:last-child, .answers td:last-child { width: 100%; }
}
`;
