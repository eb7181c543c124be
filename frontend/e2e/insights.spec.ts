import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

async function choose(page: Page, whose: string) {
  await page.getByRole('combobox', { name: 'Whose goals' }).click()
  await page.getByRole('option', { name: whose, exact: true }).click()
}

test('a number says how it is counted and leads to the goals behind it', async ({ page }) => {
  const api = await signIn(page, 'hr')
  const { numbers, cycle } = await api.get('/v1/analytics/goals')
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: 'Insights' }).click()
  const card = page.getByRole('region', { name: 'On track' })
  await expect(card).toContainText(`of ${numbers.status.n} active goals`)

  await card.getByRole('button', { name: 'How is this counted? On track' }).click()
  const definition = page.getByRole('dialog')
  await expect(definition).toContainText('never private ones')
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')

  await card.getByRole('link', { name: `${numbers.status.at_risk} At risk` }).click()
  const behind = page.getByRole('dialog', { name: 'Goals at risk' })
  await expect(behind.getByRole('listitem')).toHaveCount(numbers.status.at_risk)
  expect(await violations(page)).toEqual([])
  await behind.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/goals\//)

  const { items } = await api.get(`/v1/goals?state=cancelled&cycle_id=${cycle.id}`)
  expect(items).toHaveLength(numbers.states.cancelled)
  await page.goto(`/goals?state=cancelled&cycle=${cycle.id}`)
  await expect(page.getByRole('link', { name: items[0].title, exact: true })).toBeVisible()
})

test('a department opens, the year is a table too, and all of it can be taken along', async ({
  page,
}) => {
  await signIn(page, 'hr')
  await page.goto('/analytics')
  const trend = page.getByRole('region', { name: 'Over the past year' })
  await trend.getByText('Table', { exact: true }).click()
  await expect(trend.getByRole('row')).not.toHaveCount(0)
  expect(await trend.getByRole('row').count()).toBeGreaterThan(30)

  const parts = page.getByRole('region', { name: 'By department' }).first()
  const first = parts.getByRole('link').first()
  const name = (await first.textContent()) ?? ''
  await first.click()
  await expect(page).toHaveURL(/group=department/)
  await expect(page.getByRole('banner').or(page.locator('header')).getByText(name)).toBeVisible()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ])
  const [heading, line] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(heading).toContain('is_told,goals,owners,active')
  expect(line).toContain(name.includes(',') ? name.split(',')[0] : name)
})

test('a manager sees how their people stand', async ({ page }) => {
  await signIn(page, 'manager')
  await page.goto('/analytics')
  const trend = page.getByRole('figure', { name: 'Over the past year' })
  await expect(trend).toBeVisible()
  await page.route(/group=manager/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800))
    await route.continue()
  })
  const [answer] = await Promise.all([
    page.waitForResponse(/group=manager/),
    choose(page, 'My people'),
    // What is there stays until the next is: no empty page in between.
    page.waitForTimeout(500).then(() => expect(trend).toBeVisible({ timeout: 1 })),
  ])
  await expect(page).toHaveURL(/group=manager/)
  await expect(page.getByRole('heading', { level: 1, name: 'Insights' })).toBeVisible()
  const { numbers } = await answer.json()
  await expect(page.getByRole('region', { name: 'On track' })).toContainText(
    `of ${numbers.status.n} active goals`,
  )
})

test('an employee is not shown the way', async ({ page }) => {
  await signIn(page, 'employee')
  await page.goto('/')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Goals' })).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Insights' })).toHaveCount(0)
})
