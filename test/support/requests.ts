// How requests are read at a desk that changes nothing of it.

import type { RequestRules } from '../../src/decide/case.ts';
import { CATEGORIES } from '../../src/desk/request/categories.ts';
import { categoryWords } from '../../src/desk/request/category.ts';
import { isPublicProvider } from '../../src/proof/organisation.ts';

export const REQUESTS: RequestRules = {
  editions: ['Старт', 'Бизнес', 'Бизнес Плюс', 'Премиум', 'Business'],
  isOtherSite: (domain) => isPublicProvider(domain) || domain === 'advantshop.net' || domain === 'desk.example',
  categories: categoryWords(CATEGORIES, {}),
};
