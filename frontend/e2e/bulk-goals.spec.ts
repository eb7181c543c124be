import { expect } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

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
  await expect(page.getByText('Choose a department, a team, a manager or people.')).toBeVisible()
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

test('a milestone for some people, one left out, all of it taken back', async ({ page }) => {
  const api = await signIn(page, 'manager')
  const me = await api.get('/v1/me')
  const { items } = await api.get(`/v1/people?manager_id=${me.person.id}&limit=3`)
  const [first, second] = items as { id: string; name: string }[]
  if (!first || !second) throw new Error('The manager of the demo has no team')
  const title = `Everybody can open the shop ${Date.now()}`
  await page.goto('/goals/bulk')
  await page.getByRole('textbox', { name: /want to reach/ }).fill(title)
  await page.getByRole('textbox', { name: /What is measured/ }).fill('From a key to a till')
  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: /^Milestones/ }).click()
  await page.getByRole('textbox', { name: 'Milestone 1', exact: true }).fill('Has the key')
  await page.getByText('Aspiration', { exact: true }).click()
  for (const { name } of [first, second]) {
    await page.getByRole('combobox', { name: 'These people too' }).fill(name)
    await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
  }
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'See who gets them' }).click()
  await expect(page.getByRole('button', { name: 'Set 2 goals' })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: `Leave out ${second.name}` }).click()
  await page.getByRole('button', { name: 'Set 1 goal', exact: true }).click({ timeout: 30_000 })
  await expect(page.getByText('The goals are set.')).toBeVisible({ timeout: 30_000 })
  const found = `/v1/goals?q=${encodeURIComponent(title)}`
  const { items: set } = await api.get(found)
  expect(set).toHaveLength(1)
  expect(set[0]).toMatchObject({ owner: { id: first.id }, ambition: 'aspirational' })
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Take them back' }).click()
  await expect(page.getByText('1 goal is taken back.')).toBeVisible({ timeout: 30_000 })
  const { items: after } = await api.get(found)
  expect(after[0].state).toBe('cancelled')
})
