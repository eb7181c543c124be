import { expect } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

test('proposing a goal and asking for changes: no violation in their drawers', async ({
  page,
  browser,
}) => {
  const employee = await signIn(page, 'employee')
  const { id } = await employee.post('/v1/goals', {
    data: { title: `Proposed ${Date.now()}`, level: 'person' },
  })
  await page.goto(`/goals/${id}?propose=true`)
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(await violations(page)).toEqual([])
  await employee.post(`/v1/goals/${id}/propose`, { data: {} })

  const elsewhere = await browser.newContext()
  const boss = await elsewhere.newPage()
  await signIn(boss, 'manager')
  await boss.goto(`/goals/${id}?request_changes=true`)
  await expect(boss.getByRole('dialog')).toBeVisible()
  await boss.waitForLoadState('networkidle')
  expect(await violations(boss)).toEqual([])
  await elsewhere.close()
})

test('templates to choose from, and milestones being typed: no violation', async ({ page }) => {
  await signIn(page, 'employee')
  await page.goto('/goals?new=true')
  const drawer = page.getByRole('dialog', { name: 'New goal' })
  await drawer.getByRole('button', { name: 'From a template' }).click()
  const picker = page.getByRole('dialog', { name: 'Begin with a template' })
  const use = picker.getByRole('button', { name: /^Use “Our new product/ })
  await expect(use).toBeVisible()
  expect(await violations(page)).toEqual([])
  await use.click()
  await expect(picker).toHaveCount(0)
  await expect(drawer.getByRole('textbox', { name: 'Milestone 4', exact: true })).toHaveValue(
    'Open to everybody',
  )
  expect(await violations(page)).toEqual([])
})
