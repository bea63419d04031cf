import { html } from "../reference/html.ts";

/** Where somebody runs the sources without the bootstrap. */
export const NOT_BUILT = html`<!doctype html>
  <html lang="en">
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Portal</title>
    <h1>The portal has not been built</h1>
    <p>
      <code>npm start</code> builds it by itself; where Posthorn is started in another way, run
      <code>npm run portal:build</code> once, and load this page again. The API works without it: it
      is described at <a href="/docs">/docs</a>.
    </p>
  </html> `.text;
