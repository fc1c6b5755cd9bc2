/** What went wrong with a demo, as a sentence for the person who started it, with what to do. */
export function troubleText(error: unknown): string {
  if (isPortTaken(error)) {
    return (
      `Port ${error.port} is taken by another program. End that program, or choose another port ` +
      'with POSTERN_INBOX_PORT, for example: POSTERN_INBOX_PORT=8125 npm start'
    );
  }
  if (!(error instanceof Error)) return `The demo could not go on: ${String(error)}`;
  if (error.message.startsWith('the browser did not start')) {
    return (
      `T${error.message.slice(1)}\n` +
      'Set POSTERN_BROWSER to the path of another Chromium, Chrome or Edge, or close what uses its profile.'
    );
  }
  const cause = error.cause instanceof Error ? `\n(${error.cause.message})` : '';
  return `The demo could not go on: ${error.message}${cause}`;
}

function isPortTaken(error: unknown): error is { readonly port: number } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'EADDRINUSE' &&
    'port' in error
  );
}
