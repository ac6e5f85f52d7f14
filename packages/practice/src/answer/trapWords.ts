/** Prose that holds, harmlessly, the words by which a careless reader recognises trouble. */
export const trapWords = `## Rate limit: Too many requests

Your middleware answers "Too many requests" and the client shows "Something went wrong. Try again later."

### Log in

Users who are signed out see **Log in** and **Sign up for free**; Cloudflare says "Just a moment..." and "Verify you are human".

- Retry
- Upload failed
- Stop generating
- Answer now
- A network error occurred

\`\`\`text
ChatGPT said: Thinking
You've hit your limit. Please wait a few minutes.
\`\`\`

The button \`Continue generating\` belongs to the page, not to this answer. See results.csv and chart.png in your repository.`

/** Titles of the threads that every account starts with. */
export const historyTitles: ReadonlyArray<string> = [
  "Cloudflare DNS setup",
  "Login flow review",
  "Rate limit design: Too many requests",
  "Something went wrong in production",
  "Sourdough for beginners"
]
