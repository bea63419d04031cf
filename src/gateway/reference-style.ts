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
  grid-template-columns: 18rem minmax(0, 54rem);
  gap: 0 3rem;
  background: var(--page);
  color: var(--text);
  font: 15px/1.5 system-ui, sans-serif;
}
nav {
  position: sticky;
  top: 0;
  height: 100vh;
  overflow-y: auto;
  padding: 1.5rem;
  border-right: 1px solid var(--line);
  background: var(--raised);
  font-size: 0.87rem;
}
nav ul { list-style: none; margin: 0 0 1rem; padding: 0; }
nav li { padding: 0.15rem 0; }
nav a { color: var(--text); }
main { padding: 1.5rem 1.5rem 50vh 0; }
h1 { margin: 0 0 0.5rem; font-size: 1.8rem; }
h2 { margin: 3.5rem 0 0; font-size: 1.4rem; }
h3 { margin: 0 0 0.5rem; font-size: 1.1rem; }
h4 { margin: 1.2rem 0 0.3rem; font-size: 0.87rem; }
nav h4 { margin-top: 0; }
p { margin: 0.4rem 0; }
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
td { padding: 0.35rem 0.6rem 0.35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: anywhere; }
td:nth-child(1), td:nth-child(2) { width: 26%; }
td b { color: light-dark(#b3261e, #ff8a80); }
@media (max-width: 60rem) {
  body { display: block; }
  nav { position: static; height: auto; border: 0; }
  main { padding: 1.5rem; }
}
`;
