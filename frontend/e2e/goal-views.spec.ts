import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { signIn, test } from './as'

test('what the filters show is taken along as a sheet', async ({ page }) => {
  await signIn(page, 'employee')
  await page.goto('/goals?level=company&view=table')
  const shown = page.getByRole('region', { name: 'Goals' }).getByRole('link')
  await expect(shown.first()).toBeVisible()
  const titles = await shown.allTextContents()

  const take = async (what: string) => {
    await page.getByRole('button', { name: 'More' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: what, exact: true }).click(),
    ])
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
  }
  const goals = await take('Goals')
  expect(goals.name).toMatch(/^goals-\d{4}-\d{2}-\d{2}\.csv$/)
  expect(goals.text.startsWith('\ufeffgoal_id,goal,owner_id,owner')).toBe(true)
  expect(goals.text.trim().split('\r\n')).toHaveLength(titles.length + 1)
  for (const title of titles) expect(goals.text).toContain(title)
  const measures = await take('Key results')
  expect(measures.name).toMatch(/^key-results-/)
  expect(measures.text).toContain('key_result_id,key_result,kind,unit')
})
