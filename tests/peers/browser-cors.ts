/** The browser's half of the CORS protocol, as far as a worker's fetch meets it (Fetch standard, section 3.3). */

const SAFE_METHODS = new Set(['GET', 'HEAD', 'POST']);
const SAFE_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)(;|$)/i;
const SAFE_REQUEST_HEADERS = new Set(['accept', 'accept-language', 'content-language']);
const SAFE_RESPONSE_HEADERS = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

/** True when a page must ask before it may send this. */
export function needsPreflight(method: string, headers: Headers): boolean {
  if (!SAFE_METHODS.has(method)) return true;
  return [...headers].some(([name, value]) => {
    if (name === 'content-type') return !SAFE_TYPES.test(value);
    return !SAFE_REQUEST_HEADERS.has(name);
  });
}

/** Whether the answer to a preflight lets the request go. */
export function passesPreflight(
  answer: Headers,
  asked: { readonly origin: string; readonly method: string; readonly names: readonly string[] },
): boolean {
  const methods = listed(answer, 'access-control-allow-methods');
  const allowed = listed(answer, 'access-control-allow-headers');
  return (
    passesCors(answer, asked.origin) &&
    (SAFE_METHODS.has(asked.method) || methods.includes(asked.method.toLowerCase())) &&
    asked.names.every((name) => allowed.includes(name))
  );
}

/** Whether a page of this origin may read the answer. */
export function passesCors(answer: Headers, origin: string): boolean {
  const allowed = answer.get('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}

/** The answer with only those headers that the page may see. */
export function withoutHidden(response: Response): Response {
  const exposed = listed(response.headers, 'access-control-expose-headers');
  const everything = exposed.includes('*');
  for (const name of [...response.headers.keys()]) {
    const visible = everything || SAFE_RESPONSE_HEADERS.has(name) || exposed.includes(name);
    if (!visible) response.headers.delete(name);
  }
  return response;
}

function listed(headers: Headers, name: string): readonly string[] {
  const value = headers.get(name) ?? '';
  return value.split(',').map((item) => item.trim().toLowerCase());
}
