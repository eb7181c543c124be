import { expect } from '@playwright/test'
import { signIn, test } from './as'

test('goals for a whole team: first who gets them, then all at once', async ({ page }) => {
  const api = await signIn(page, 'admin')
  const { items } = await api.get('/v1/teams?limit=200')
  const team = items.find(({ name }: { name: string }) => name === 'Platform') ?? items[0]
  await page.goto('/goals/bulk')
  await page.getByRole('button', { name: 'From a template' }).click()
  const picker = page.getByRole('dialog', { name: 'Begin with a template' })
  await picker.getByRole('textbox', { name: 'Search templates' }).fill('reliable')
  await picker.getByRole('textbox', { name: 'Search templates' }).fill('rely')
  await picker.getByRole('button', { name: /^Use “Customers can rely/ }).click()
  await expect(picker).toHaveCount(0)
  const title = page.getByRole('textbox', { name: /want to reach/ })
  await expect(title).toHaveValue(/Customers can rely/)
  await title.fill(`Rely on us ${Date.now()}`)
  const wanted = await title.inputValue()

  await page.getByRole('button', { name: 'See who gets them' }).click()
  await expect(page.getByText('Choose a department, a team or a manager.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Team' }).click()
  await page.getByRole('option', { name: team.name, exact: true }).click()
  await page.getByRole('button', { name: 'See who gets them' }).click()
  const apply = page.getByRole('button', { name: /^Set \d+ goals?$/ })
  await expect(apply).toBeVisible({ timeout: 30_000 })
  const count = Number((await apply.textContent())?.match(/\d+/)?.[0])
  await apply.click()
  await expect(page.getByText('The goals are set.')).toBeVisible({ timeout: 30_000 })
  const { items: set } = await api.get(`/v1/goals?q=${encodeURIComponent(wanted)}&limit=200`)
  expect(set).toHaveLength(count)
})
