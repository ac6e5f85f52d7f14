/** The HTML documents of the imitation: the app for members, the public shell for guests, the sign-in page. */
import type { Generation } from "./Generation.ts"

const style = `
  body { margin: 0; font: 14px sans-serif; display: flex; height: 100vh }
  nav { width: 200px; padding: 8px; overflow: auto; background: #f4f4f4 }
  nav a { display: block; padding: 4px }
  main { flex: 1; display: flex; flex-direction: column; min-width: 0 }
  #thread { flex: 1; overflow: auto; padding: 16px }
  form { border: 1px solid #bbb; margin: 12px; padding: 8px; border-radius: 12px }
  .ProseMirror { white-space: break-spaces; overflow-wrap: break-word; min-height: 24px; max-height: 200px; overflow: auto }
  .ProseMirror p { margin: 0 }
  .ProseMirror:focus { outline: none }
  textarea#prompt { width: 100%; height: 80px }
  .whitespace-pre-wrap { white-space: pre-wrap }
  [role=menu], [role=dialog], [role=listbox] { position: fixed; background: white; border: 1px solid #888; padding: 8px; z-index: 5 }
  [role=menu] { bottom: 80px; left: 300px }
  [role=dialog] { top: 100px; left: 300px; width: 400px }
  [role=listbox] { top: 260px; left: 340px; z-index: 6 }
  .sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .hidden { display: none }
`

const attribute = (value: unknown) =>
  JSON.stringify(value).replaceAll("&", "&amp;").replaceAll("'", "&#39;").replaceAll("<", "&lt;")

const guest = `
  <main>
    <header><a href="/auth/login" data-testid="login-button">Log in</a> <button>Sign up for free</button></header>
    <h1>What can I help with?</h1>
    <form><textarea aria-label="Chat with ChatGPT"></textarea></form>
    <p>Log in to get answers based on saved chats</p>
  </main>`

const member = `
  <nav aria-label="Chat history"></nav>
  <main>
    <header id="header"></header>
    <div id="thread"></div>
    <div id="composer-root"></div>
    <p>ChatGPT can make mistakes. Check important info.</p>
  </main>
  <script type="module" src="/assets/main.ts"></script>`

export const shell = (generation: Generation, signedIn: boolean): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ChatGPT</title><style>${style}</style></head>
<body data-generation='${attribute(generation)}'>${signedIn ? member : guest}</body></html>`

export const signInPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Log in</title></head>
<body><h1>Welcome back</h1><button>Continue with Google</button><button data-testid="login-button">Log in</button></body></html>`
