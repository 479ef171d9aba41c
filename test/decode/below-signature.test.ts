import { describe, expect, test } from '@jest/globals';
import { markedBelowSignature } from '../../src/decode/below-signature.ts';
import { LIMITS } from '../../src/mail/limits.ts';
import type { Part } from '../../src/mail/message.ts';

const picture = (contentId: string): Part => ({
  path: '2',
  filename: null,
  contentType: 'image/png',
  disposition: 'inline',
  contentId,
  bytes: new Uint8Array(),
  ambiguous: false,
});

/** The pictures that are taken for a signature's. */
const below = (html: string, ids: readonly string[] = ['logo@firm', 'shot@firm']) =>
  markedBelowSignature(ids.map(picture), html, LIMITS)
    .filter(({ belowSignature }) => belowSignature)
    .map(({ contentId }) => contentId);

const SHOT = '<img src="cid:shot@firm">';
const LOGO = '<img src="cid:logo@firm">';

describe('the logo of a signature is told from a screenshot', () => {
  test.each([
    [
      'Gmail',
      `<div dir="ltr">Вот окно:<br>${SHOT}</div><div class="gmail_signature" dir="ltr"><b>Иван</b><br>${LOGO}</div>`,
    ],
    ['Thunderbird', `<p>Вот окно: ${SHOT}</p><pre class="moz-signature" cols="72">-- \nИван ${LOGO}</pre>`],
    [
      'Outlook on the web',
      `<div>Вот окно:${SHOT}</div><div id="Signature"><table><tr><td>${LOGO}</td></tr></table></div>`,
    ],
    ['Outlook on a phone', `<div>${SHOT}</div><div id="ms-outlook-mobile-signature">Иван<br>${LOGO}</div>`],
    ['Apple Mail', `Вот окно:<br>${SHOT}<br><div id="AppleMailSignature" dir="ltr">Иван<br>${LOGO}</div>`],
    [
      'Apple Mail with its own element',
      `Вот:<br><attachment src="cid:shot@firm"></attachment><br>-- <br>Иван<br>${LOGO}`,
    ],
    ['two dashes', `<p>Вот окно:</p><p>${SHOT}</p><p>-- </p><p>Иван Петров</p><p>${LOGO}</p>`],
    ['words and a telephone', `<p>${SHOT}</p><p>С уважением,<br>Иван Петров<br>+7 495 123-45-67<br>${LOGO}</p>`],
    ['an escaped Content-ID', `<p>${SHOT}</p><p>--</p><p>Иван <img src="cid:logo%40firm"></p>`],
  ])('as %s writes it', (_, html) => {
    expect(below(html)).toEqual(['logo@firm']);
  });

  test('above what is quoted below it', () => {
    const quote =
      '<div class="gmail_quote">02.03.2026 10:00, Анна пишет:<blockquote>Пришлите снимок</blockquote></div>';
    expect(below(`<p>Вот: ${SHOT}</p><div class="gmail_signature">Иван ${LOGO}</div>${quote}`)).toEqual(['logo@firm']);
    expect(below(`<p>Вот:<br>${SHOT}</p>--&nbsp;<br>Иван<br>${LOGO}<br>${quote}`)).toEqual(['logo@firm']);
  });
});

describe('a picture is none of a signature', () => {
  test.each([
    ['in a letter that nobody signed', `<p>Вот окно: ${SHOT}</p>`],
    ['below a bare farewell', `<p>Вот окно:</p><p>С уважением,<br>Иван</p><p>${SHOT}</p>`],
    ['below what a phone adds', `<p>Вот окно:</p><p>Отправлено с iPhone</p><p>${SHOT}</p>`],
    ['behind a signature', `<div class="gmail_signature">Иван</div><div>И вот ещё окно с ошибкой: ${SHOT}</div>`],
    ['below words that ask', `<p>-- </p><p>Почему так?</p><p>${SHOT}</p>`],
    [
      'in the history',
      `<p>Да</p><div class="gmail_quote">02.03.2026 10:00, Анна пишет:<blockquote>${SHOT}</blockquote></div>`,
    ],
    ['shown above it as well', `<p>${SHOT}</p><p>-- </p><p>Иван</p><p>${SHOT}</p>`],
  ])('%s', (_, html) => {
    expect(below(html)).toEqual([]);
  });

  test('that the HTML does not show', () => {
    expect(below('<p>Окно</p><p>-- </p><p>Иван</p>')).toEqual([]);
  });
});
