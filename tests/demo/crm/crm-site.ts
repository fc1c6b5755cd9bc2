import type { RequestListener } from 'node:http';
import { customerById } from './customers.ts';
import { DEALS_SCRIPT } from './deals-board.ts';
import { hostilePage } from './hostile-page.ts';
import {
  archivePage,
  customerList,
  customerPage,
  dealsPage,
  missingPage,
  rotaFrame,
  workshopPage,
} from './pages.ts';
import { ICON, STYLE } from './style.ts';

const HTML = 'text/html; charset=utf-8';

/** What is served at each path. */
const PAGES: Readonly<Record<string, { readonly type: string; readonly body: () => string }>> = {
  '/': { type: HTML, body: customerList },
  '/deals': { type: HTML, body: dealsPage },
  '/workshop': { type: HTML, body: workshopPage },
  '/frames/rota': { type: HTML, body: rotaFrame },
  '/archive': { type: HTML, body: archivePage },
  '/hostile': { type: HTML, body: hostilePage },
  '/style.css': { type: 'text/css; charset=utf-8', body: () => STYLE },
  '/deals.js': { type: 'text/javascript; charset=utf-8', body: () => DEALS_SCRIPT },
  '/icon.svg': { type: 'image/svg+xml', body: () => ICON },
};

/**
 * A small CRM to click in: Fence & Field, a fence builder's customers. It keeps nothing, speaks no TLS of its own,
 * and can be mounted under any host name or listen on a port of its own.
 *
 * `/` the customers, `/customers/1` … one of them, `/deals` web components, `/workshop` a frame of the same
 * origin, `/archive` 10,000 rows, `/hostile` a page that lies.
 */
export function createCrmSite(): RequestListener {
  return (request, response) => {
    const path = URL.parse(request.url ?? '/', 'http://crm.example')?.pathname ?? '/';
    const found = contentOf(path);
    const body = found?.body ?? missingPage();
    response.writeHead(found ? 200 : 404, {
      'content-type': found?.type ?? HTML,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

function contentOf(path: string): { type: string; body: string } | null {
  const page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined;
  if (page) return { type: page.type, body: page.body() };
  const id = /^\/customers\/(\d{1,6})$/.exec(path)?.[1];
  const customer = id === undefined ? null : customerById(Number(id));
  return customer && { type: HTML, body: customerPage(customer) };
}
