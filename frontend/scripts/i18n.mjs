// The translations hold the same keys and placeholders as English, and no key is left unused.
import { globSync, readFileSync } from 'node:fs'

const LOCALES = ['de', 'it', 'nl']
const PLURAL = /_(zero|one|two|few|many|other)$/

function flatten(tree, prefix = '') {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}

function read(locale) {
  return new Map(flatten(JSON.parse(readFileSync(`src/i18n/locales/${locale}.json`, 'utf8'))))
}

function placeholders(text) {
  return [...text.matchAll(/{{\s*(\w+)\s*}}/g)]
    .map(([, name]) => name)
    .sort()
    .join(' ')
}

/** A key with a plural stands once per plural category of the language. */
function expectedKeys(english, locale) {
  const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions()
  const expected = new Map()
  for (const [key, text] of english) {
    const base = key.replace(PLURAL, '')
    if (base === key) expected.set(key, text)
    else for (const category of pluralCategories) expected.set(`${base}_${category}`, text)
  }
  return expected
}

const faults = []
const english = read('en')
for (const locale of LOCALES) {
  const translated = read(locale)
  const expected = expectedKeys(english, locale)
  for (const [key, text] of expected) {
    const found = translated.get(key)
    if (found === undefined) faults.push(`${locale}: ${key} is missing`)
    else if (found.trim() === '') faults.push(`${locale}: ${key} is empty`)
    else if (placeholders(found) !== placeholders(text)) {
      faults.push(`${locale}: ${key} has other placeholders: ${found}`)
    }
  }
  for (const key of translated.keys()) {
    if (!expected.has(key)) faults.push(`${locale}: ${key} is not in English`)
  }
}

const sources = globSync('src/**/*.{ts,tsx}')
  .filter((file) => !file.includes('/gen/'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
const built = [...sources.matchAll(/`([\w.]+)\$\{[^`]*`/g)].map(([, prefix]) => prefix)
for (const key of new Set([...english.keys()].map((each) => each.replace(PLURAL, '')))) {
  const isUsed = sources.includes(`'${key}'`) || built.some((prefix) => key.startsWith(prefix))
  if (!isUsed) faults.push(`en: ${key} is used nowhere`)
}

for (const fault of faults) console.error(fault)
console.log(`${english.size} texts in en, ${LOCALES.length} translations, ${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)
