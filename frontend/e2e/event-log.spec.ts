import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

test('an administrator finds what happened, keeps the address, and takes it along', async ({
  page,
}) => {
  await signIn(page, 'admin')
  await page.goto('/admin')
  await page.getByRole('link', { name: 'Event log' }).click()
  const table = page.getByRole('region', { name: 'Event log' })
  await table.getByRole('button', { name: 'Show only Signed in' }).first().click()
  await expect(page).toHaveURL(/topic=auth\.signed_in/)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'What' })).toHaveValue('Signed in')
  const first = table.getByRole('button', { name: /^Show only / }).first()
  await expect(first).toHaveText('Signed in')
  await expect(table.getByText('auth.signed_in').first()).toBeVisible()

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as CSV' }).click(),
  ])
  const [heading, ...lines] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  expect(heading).toBe('position,occurred_at,topic,actor_id,actor,subject_id,subject,payload')
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.every((line) => line.includes(',auth.signed_in,'))).toBe(true)

  // By its name, as integrators know it.
  await page.getByRole('combobox', { name: 'What' }).fill('goal_closed')
  await page.getByRole('option', { name: /^Goal closed/ }).click()
  await expect(page).toHaveURL(/topic=goals\.goal_closed/)
  await expect(first).toHaveText('Goal closed')

  await page.getByLabel('From').fill('2999-01-01')
  await expect(page.getByText('Nothing like this has happened')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(/\/admin\/event-log$/)
  await page.getByRole('tab', { name: 'Given up' }).click()
  await expect(page).toHaveURL(/tab=dead/)
})

test('an administrator verifies the log, and takes its head along', async ({ page }) => {
  await signIn(page, 'admin')
  await page.goto('/admin/event-log')
  const chain = page.getByRole('region', { name: 'Chain of the log' })
  await chain.getByRole('button', { name: 'Verify' }).click()
  await expect(chain.getByText('The log is whole')).toBeVisible()
  await expect(chain.getByText(/^Verified on .* up to entry \d/)).toBeVisible()
  expect(await violations(page)).toEqual([])

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    chain.getByRole('button', { name: 'Save the head' }).click(),
  ])
  const head = JSON.parse(readFileSync(await download.path(), 'utf8'))
  expect(head.count).toBeGreaterThan(0)
  expect(head.chain).toMatch(/^[0-9a-f]{64}$/)
})

test.describe(() => {
  test.use({ allowed: [/status of 403/] })

  test('it is not for others', async ({ page }) => {
    await signIn(page, 'hr')
    await page.goto('/admin')
    await expect(page.getByRole('heading', { level: 1, name: 'Administration' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Event log' })).toHaveCount(0)
    await page.goto('/admin/event-log')
    await expect(page.getByRole('alert')).toBeVisible()
  })
})
