// The page where a customer rates the work on a ticket, by the link of a letter. Looking at it rates nothing, for scanners of
// mail follow every link; whatever is wrong with a link gets one and the same answer.

import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html, raw } from 'hono/html';
import { type Stars, starsOf } from '../desk/rating.ts';
import type { Language } from '../desk/tickets.ts';
import { RATING_WORDS } from './rating-words.ts';

/** A ticket as its page shows it. */
export interface Rated {
  readonly number: string;
  readonly language: Language;
  readonly stars: Stars | null;
}

export interface RatingDeps {
  /** The desk's name, and the language where no ticket says one. */
  readonly desk: string;
  readonly language: Language;
  /** The ticket behind a token; null where there is none. */
  readonly find: (token: string) => Promise<Rated | null>;
  /** Writes a rating down; called with tokens that `find` knows. */
  readonly rate: (token: string, stars: Stars) => Promise<void>;
  /** A clock that never jumps, milliseconds. */
  readonly clock: () => number;
}

/**
 * Requests a minute. Behind a web server in front nobody can be told from another but by a link that leads somewhere: each
 * of those has its own, and all who guess share theirs. So nobody uses up another's.
 */
export const REQUESTS_A_MINUTE = { byLink: 60, guessing: 300 };
const MINUTE = 60_000;
const BODY_BYTES = 1024;

const STYLE = `
body { margin: 0; padding: 24px 12px; background: #f4f5f7; color: #1f2933; font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 20px; background: #fff; border: 1px solid #e1e4e8; border-radius: 8px; }
h1 { margin: 0 0 8px; font-size: 1.25rem; }
p { margin: 0 0 16px; overflow-wrap: anywhere; }
button { display: block; width: 100%; min-height: 48px; margin: 0 0 8px; padding: 8px 12px; border: 1px solid #9fb3c8;
  border-radius: 8px; background: #f0f4f8; color: inherit; font: inherit; text-align: left; cursor: pointer; }
button[aria-pressed="true"] { border: 2px solid #0b62c4; background: #e3f0fd; }
button:focus-visible { outline: 3px solid #0b62c4; outline-offset: 2px; }
.number { color: #52606d; }
`;

/** What may be applied to these pages: their own style, known by its digest. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Routes to be mounted at `/rate`. */
export function ratingPages(deps: RatingDeps): Hono {
  const app = new Hono();
  const minute = { began: deps.clock(), byLink: new Map<string, number>(), guessing: 0 };
  /** Whether one more may be answered. */
  const counted = (token: string | null): boolean => {
    const now = deps.clock();
    if (now - minute.began >= MINUTE) {
      Object.assign(minute, { began: now, guessing: 0 });
      minute.byLink.clear();
    }
    if (token === null) return ++minute.guessing <= REQUESTS_A_MINUTE.guessing;
    const requests = (minute.byLink.get(token) ?? 0) + 1;
    minute.byLink.set(token, requests);
    return requests <= REQUESTS_A_MINUTE.byLink;
  };
  const busy = (c: Context) => {
    c.header('Retry-After', '60');
    return said(c, deps, 429, 'busy');
  };
  const wrong = (c: Context) => (counted(null) ? said(c, deps, 404, 'wrong') : busy(c));
  app.use(bodyLimit({ maxSize: BODY_BYTES, onError: (c) => said(c, deps, 413, 'wrong') }));
  app.get('/:token', async (c) => {
    const token = c.req.param('token');
    const rated = await deps.find(token);
    if (rated === null) return wrong(c);
    return counted(token) ? c.html(form(deps.desk, rated)) : busy(c);
  });
  app.post('/:token', async (c) => {
    const token = c.req.param('token');
    const rated = await deps.find(token);
    if (rated === null) return wrong(c);
    if (!counted(token)) return busy(c);
    const stars = starsOf((await c.req.parseBody()).stars);
    if (stars !== null) await deps.rate(token, stars);
    // relative, for a web server in front may serve the page below another path
    return c.redirect(token, 303);
  });
  app.all('*', wrong);
  return app;
}

function form(desk: string, { number, language, stars }: Rated) {
  const words = RATING_WORDS[language];
  const buttons = words.stars.map(
    (word, i) =>
      html`<button type="submit" name="stars" value="${i + 1}" aria-pressed="${String(stars === i + 1)}">${i + 1} — ${word}</button>`,
  );
  return page(
    language,
    html`<h1>${stars === null ? words.ask : words.rated(stars)}</h1>
<p class="number">[#${number}] ${desk}</p>
${stars === null ? '' : html`<p>${words.change}</p>`}
<form method="post">${buttons}</form>`,
  );
}

/** A page that only says something; in both languages where it can't know which. */
function said(c: Context, { language }: RatingDeps, status: 404 | 413 | 429, what: 'wrong' | 'busy') {
  const other = language === 'ru' ? 'en' : 'ru';
  return c.html(
    page(language, html`<p>${RATING_WORDS[language][what]}</p><p lang="${other}">${RATING_WORDS[other][what]}</p>`),
    status,
  );
}

function page(language: Language, body: unknown) {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${RATING_WORDS[language].title}</title>
<style>${raw(STYLE)}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}
