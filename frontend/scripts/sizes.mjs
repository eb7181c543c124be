// What a visit costs, gzipped: the entry, the shell around every page with what many pages share,
// and what each page adds.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const KB = 1024
const ENTRY = { js: 185 * KB, css: 40 * KB }
const SHELL = 80 * KB
const ROUTE = 60 * KB
const CHARTED = 140 * KB
/** Pages that draw; everything else is an ordinary page. */
const CHARTS = [/\/org-chart\.tsx/, /\/GoalMap\.tsx/, /^src\/charts\//]
/** Loaded only where a text is written in Markdown. */
const LAZY = [/react-markdown/, /^src\/i18n\/locales\//]

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))
const keys = Object.keys(manifest)
const weighed = new Map()

function weigh(file) {
  if (!weighed.has(file)) weighed.set(file, gzipSync(readFileSync(`dist/${file}`)).length)
  return weighed.get(file)
}

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of manifest[key].imports ?? []) closure(imported, seen)
  return seen
}

function sum(chunks) {
  const css = new Set(chunks.flatMap((key) => manifest[key].css ?? []))
  return {
    js: chunks.reduce((total, key) => total + weigh(manifest[key].file), 0),
    css: [...css].reduce((total, file) => total + weigh(file), 0),
  }
}

const entry = closure('index.html')
const shell = keys
  .filter((key) => /routes\/_app\.tsx/.test(key))
  .flatMap((key) => [...closure(key)])
const beyondEntry = [...new Set(shell)].filter((key) => !entry.has(key))
const rows = [
  { name: 'entry', ...sum([...entry]), js_max: ENTRY.js, css_max: ENTRY.css },
  { name: 'shell', ...sum(beyondEntry), js_max: SHELL, css_max: ENTRY.css },
]
const always = new Set([...entry, ...beyondEntry])

/** The parts of one route (component, loader, errors) are split, but arrive together. */
const pages = new Map()
for (const key of keys.filter((each) => manifest[each].isDynamicEntry && !always.has(each))) {
  if (LAZY.some((pattern) => pattern.test(key))) continue
  const name = key.split('?')[0]
  pages.set(name, [...(pages.get(name) ?? []), key])
}
for (const [name, parts] of pages) {
  const added = new Set(parts.flatMap((key) => [...closure(key)]).filter((key) => !always.has(key)))
  const js_max = CHARTS.some((pattern) => pattern.test(name)) ? CHARTED : ROUTE
  rows.push({ name, ...sum([...added]), js_max, css_max: ENTRY.css })
}

let failed = false
for (const { name, js, css, js_max, css_max } of rows.sort((a, b) => b.js - a.js)) {
  const over = js > js_max || css > css_max
  failed ||= over
  const shown = [js / KB, css / KB].map((size) => size.toFixed(1).padStart(6)).join(' ')
  console.log(`${over ? 'OVER' : ' ok '} ${shown} kB  ${name}`)
}
process.exit(failed ? 1 : 0)
