// node lighthouse.mjs: signs in through the page, then looks at the first load of pages as
// Lighthouse does, on a desktop and on a phone. What to look at comes as JSON on stdin.
import { readFileSync } from 'node:fs'
import lighthouse, { desktopConfig } from 'lighthouse'
import puppeteer from 'puppeteer-core'

const { address, email, password, paths, chromium } = JSON.parse(readFileSync(0, 'utf8'))
const browser = await puppeteer.launch({
  executablePath: chromium,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
try {
  const page = await browser.newPage()
  await page.goto(`${address}/sign-in`)
  await page.locator('input[type=email]').fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForFunction(() => location.pathname !== '/sign-in')
  const found = []
  for (const path of paths) {
    for (const [device, config] of [['desktop', desktopConfig], ['phone', undefined]]) {
      const flags = {
        port: Number(new URL(browser.wsEndpoint()).port),
        onlyCategories: ['performance', 'accessibility'],
        // Only the caches are emptied: whoever comes back is still signed in.
        disableStorageReset: true,
      }
      await page.goto('about:blank')
      const { lhr } = await lighthouse(`${address}${path}`, flags, config, page)
      const score = (name) => Math.round((lhr.categories[name].score ?? 0) * 100)
      found.push({
        path,
        device,
        performance: score('performance'),
        accessibility: score('accessibility'),
        landed: new URL(lhr.finalDisplayedUrl).pathname,
        failed: Object.values(lhr.audits)
          .filter((audit) => audit.score !== null && audit.score < 0.9)
          .map((audit) => `${audit.id} ${audit.displayValue ?? ''}`.trim()),
      })
    }
  }
  console.log(JSON.stringify(found))
} finally {
  await browser.close()
}
