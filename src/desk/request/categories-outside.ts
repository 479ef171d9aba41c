// Questions outside the scope of support (§2 of the regulation, and what §4 says of work to order), as data. Each has a ready
// answer that says so and names where to turn.

import { listed } from '../words.ts';
import type { CategoryName, QuestionCategory } from './category.ts';

const outside = (
  name: CategoryName,
  answer: string,
  title: QuestionCategory['title'],
  notSolved: readonly string[],
  words: readonly string[],
): QuestionCategory => ({
  name,
  title,
  section: '§2',
  outside: true,
  answer,
  asks: [],
  solved: [],
  notSolved,
  words,
});

export const OUTSIDE: readonly QuestionCategory[] = [
  outside(
    'outside-install',
    'installation',
    { ru: 'Вне поддержки: установка на серверы и компьютеры пользователя', en: 'outside: installing for the user' },
    ['установка программных продуктов на серверы и компьютеры пользователя'],
    listed(`
      установите нам, установите у нас, установите пожалуйста, выполните установку, сделайте установку,
      произведите установку, установите на наш сервер, install it for us, please install`),
  ),
  outside(
    'outside-move',
    'transfer',
    { ru: 'Вне поддержки: перенос с сервера на сервер', en: 'outside: moving between servers' },
    ['перенос системы с сервера на сервер'],
    listed(`
      перенесите сайт, перенесите магазин, перенесите нас, перенесите пожалуйста, прошу перенести, просим перенести,
      выполните перенос, сделайте перенос, please move our, please migrate`),
  ),
  outside(
    'outside-server',
    'server',
    {
      ru: 'Вне поддержки: настройка и нагрузочное тестирование сервера',
      en: 'outside: settings and load tests of a server',
    },
    ['настройка и нагрузочное тестирование программных продуктов на сервере пользователя'],
    listed(`
      настройте сервер, настройте нам сервер, настройте iis, настроить наш сервер, настройка нашего сервера,
      настройку нашего сервера, нагрузочное тест, нагрузочного тест, настройте прокси, configure our server,
      load test`),
  ),
  outside(
    'outside-hosting',
    'hosting',
    { ru: 'Вне поддержки: услуги хостинг-провайдера', en: 'outside: services of a hosting provider' },
    ['оказание услуг хостинг-провайдера: необходимо обратиться к партнёрам и рекомендуемым хостингам'],
    listed(`
      оплата хостинга, оплаты хостинга, оплату хостинга, продлить хостинг, оплатить хостинг, продлить домен,
      оплатить домен, продление домена, место на диске хостинга, панель хостинга, панели хостинга,
      предоставляете хостинг, услуги хостинга, renew the domain, renew hosting`),
  ),
  outside(
    'outside-markup',
    'markup',
    { ru: 'Вне поддержки: вёрстка, не связанная с продуктом', en: 'outside: markup that is not of the product' },
    ['консультации по вёрстке, не имеющей отношения к функционалу продукта'],
    listed(`
      верстк, сверстать, сверстайте, поправьте css, html и css, css-стил, html layout, css styles`),
  ),
  outside(
    'outside-third-party',
    'third-party',
    { ru: 'Вне поддержки: сторонние программные продукты', en: 'outside: products of others' },
    [
      'консультации по сторонним программным продуктам: необходимо обратиться в службу поддержки соответствующего продукта',
    ],
    listed(`
      wordpress, вордпресс, photoshop, фотошоп, яндекс директ, яндекс.директ, google ads, антивирус,
      настройка outlook, настройки outlook, настроить outlook, joomla, opencart, в битрикс, битрикс24`),
  ),
  outside(
    'outside-to-order',
    'to-order',
    { ru: 'Вне поддержки: разработка по заказу', en: 'outside: development to order' },
    [
      'разработка компонентов и модулей по заказу',
      'кастомизация публичных скриптов и программных компонентов',
      'разработка скриптов интеграции с платёжными системами',
      'решение конкретных задач с заданной логикой',
    ],
    listed(`
      разработайте, доработайте, напишите модуль, напишите скрипт, сделайте модуль, доработка на заказ,
      доработку на заказ, индивидуальная доработ, индивидуальную доработ, индивидуальной доработ, разработка модуля,
      разработку модуля, разработать модуль, кастомизаци, напишите нам, custom development, write a script,
      write a module, develop a module`),
  ),
];
