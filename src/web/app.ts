// What is answered over HTTP: health for whoever watches the service, metrics for Prometheus, pages for
// customers. Tested without a socket; listen.ts puts it behind one.

import { Hono } from 'hono';
import type { Health } from './health.ts';
import { type RatingDeps, ratingPages, STYLE_SOURCE } from './rating.ts';

export interface WebDeps {
  readonly health: () => Health;
  readonly metrics: () => Promise<{ readonly body: string; readonly contentType: string }>;
  /** Null where letters have no links. */
  readonly rating: RatingDeps | null;
}

/** On everything: nothing is embedded, cached, indexed, run or told to others. */
export const HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src ${STYLE_SOURCE}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'Cache-Control': 'no-store',
} as const;

/** The routes. */
export function webApp({ health, metrics, rating }: WebDeps): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  });
  app.get('/healthz', (c) => {
    const now = health();
    return c.json(now, now.status === 'ok' ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { body, contentType } = await metrics();
    return c.body(body, 200, { 'Content-Type': contentType });
  });
  if (rating) app.route('/rate', ratingPages(rating));
  app.notFound((c) => c.text('there is nothing here\n', 404));
  app.onError((_error, c) => c.text('that went wrong; try again later\n', 500));
  return app;
}
