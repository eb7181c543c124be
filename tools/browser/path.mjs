// Prints where the browser of the package lies; it unpacks itself into a folder that is this
// user's own.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('./node_modules/.unpacked', import.meta.url))
mkdirSync(folder, { recursive: true })
process.env.TMPDIR = folder
const { default: chromium } = await import('@sparticuz/chromium')
process.stdout.write(`${await chromium.executablePath()}\n`)
