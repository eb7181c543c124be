import { expect, type Page } from '@playwright/test'
import { signIn, test } from './as'

const lookBack = async (page: Page, step: string) => {
  await page.getByRole('button', { name: /Look back to another day/ }).click()
  await page.getByRole('button', { name: step, exact: true }).click()
}
const note = (page: Page) => page.getByRole('status').filter({ hasText: 'You look back' })

test('the goals of a month ago, one of them opened, and back to today', async ({ page }) => {
  const api = await signIn(page, 'manager')
  const day = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)
  const { nodes: then } = await api.get(`/v1/goals/tree?as_of=${day}`)
  const { nodes: now } = await api.get('/v1/goals/tree')
  const company = now.find((goal: { level: string; parent_id: string | null; id: string }) => {
    const before = then.find((each: { id: string }) => each.id === goal.id)
    return goal.level === 'company' && before
  })
  const before = then.find((goal: { id: string }) => goal.id === company.id)
  expect(before.progress).not.toBe(company.progress)

  await page.goto('/goals')
  await lookBack(page, 'A month ago')
  await expect(note(page)).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`as_of=${day}`))
  await expect(page.getByRole('button', { name: 'New goal' })).toHaveCount(0)

  await page.getByRole('link', { name: company.title, exact: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: before.title })).toBeVisible()
  await expect(note(page)).toBeVisible()
  const meter = page.getByRole('meter', { name: `Progress of ${before.title}` }).first()
  await expect(meter).toHaveAttribute('aria-valuenow', `${Math.round(before.progress * 100)}`)
  await expect(page.getByRole('button', { name: 'Check in' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Back to today' }).click()
  await expect(note(page)).toHaveCount(0)
  await expect(meter).toHaveAttribute('aria-valuenow', `${Math.round(company.progress * 100)}`)
})

test.describe('before it was there', () => {
  test.use({ allowed: [/status of 404/] })

  test('a day before a goal was set says so, and the way back is there', async ({ page }) => {
    const api = await signIn(page, 'manager')
    const goal = await api.post('/v1/goals', {
      data: { title: `Only just begun ${Date.now()}`, level: 'person' },
    })

    await page.goto(`/goals/${goal.id}?as_of=2020-01-01`)
    await expect(page.getByRole('heading', { name: 'Not there yet', level: 1 })).toBeVisible()
    await page.getByRole('button', { name: 'Back to today' }).click()

    await expect(page.getByRole('heading', { level: 1, name: goal.title })).toBeVisible()
  })
})

test('the day stays among people and the org chart', async ({ page }) => {
  await signIn(page, 'hr')
  await page.goto('/people')
  await lookBack(page, 'A week ago')
  await expect(note(page)).toBeVisible()

  await page.getByRole('link', { name: 'Org chart' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Org chart' })).toBeVisible()
  await expect(note(page)).toBeVisible()
})
