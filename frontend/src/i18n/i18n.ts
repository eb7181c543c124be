import i18n from 'i18next'
import { initReactI18next } from 'react-i18next'
import { keepPreference, readPreference } from '@/lib/storage'
import type en from './locales/en.json'

/** Each is a file of its own: nobody waits for words in a language that they do not read. */
const LOADERS = {
  en: () => import('./locales/en.json').then((file) => file.default),
  de: () => import('./locales/de.json').then((file) => file.default),
  it: () => import('./locales/it.json').then((file) => file.default),
  nl: () => import('./locales/nl.json').then((file) => file.default),
}

export type Locale = keyof typeof LOADERS
export const LOCALES = Object.keys(LOADERS) as Locale[]
/** Each language in its own words, so that whoever needs it can find it. */
export const LOCALE_NAME: Record<Locale, string> = {
  en: 'English',
  de: 'Deutsch',
  it: 'Italiano',
  nl: 'Nederlands',
}

const PREFERENCE = 'perfapi.language'

export function isLocale(value: string | null | undefined): value is Locale {
  return LOCALES.includes(value as Locale)
}

async function show(locale: Locale): Promise<void> {
  if (!i18n.hasResourceBundle(locale, 'app')) {
    i18n.addResourceBundle(locale, 'app', await LOADERS[locale]())
  }
  await i18n.changeLanguage(locale)
  document.documentElement.lang = locale
}

/** A choice made here outlives the visit. */
export async function chooseLocale(locale: Locale): Promise<void> {
  keepPreference(PREFERENCE, locale)
  await show(locale)
}

function firstLocale(): Locale {
  const chosen = readPreference(PREFERENCE)
  if (isLocale(chosen)) return chosen
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale)
  return spoken ?? 'en'
}

export async function startI18n(locale: Locale = firstLocale()): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    defaultNS: 'app',
    ns: ['app'],
    resources: { [locale]: { app: await LOADERS[locale]() } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = locale
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: { app: typeof en }
  }
}
