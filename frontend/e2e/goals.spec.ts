import { expect } from '@playwright/test'
import { type Api, signIn, test } from './as'

interface Node {
  id: string
  title: string
  level: string
  state: string
  parent_id: string | null
  driver: string
}

/** A department's goal and the company goal above it, both moved by the goals below them. */
async function aLine(api: Api): Promise<{ company: Node; department: Node }> {
  const { nodes }: { nodes: Node[] } = await api.get('/v1/goals/tree')
  const moves = (goal: Node) => goal.state === 'active' && goal.driver !== 'key_results'
  for (const department of nodes.filter((goal) => goal.level === 'department' && moves(goal))) {
    const company = nodes.find(({ id }) => id === department.parent_id)
    if (company?.level === 'company' && moves(company)) return { company, department }
  }
  throw new Error('The demo has no department goal that moves a company goal')
}

test('a goal under a department goal, a check-in, and the company goal moves', async ({ page }) => {
  const api = await signIn(page, 'employee')
  const { company, department } = await aLine(api)
  const progressOf = async () => Number((await api.get(`/v1/goals/${company.id}`)).progress)

  await page.goto(`/goals/${department.id}`)
  await page.getByRole('button', { name: 'Add an aligned goal' }).first().click()
  const drawer = page.getByRole('dialog', { name: /New goal under/ })
  const title = `Answer the phone at once ${Date.now()}`
  await drawer.getByRole('textbox', { name: /want to reach/ }).fill(title)
  await drawer.getByRole('combobox', { name: 'Level' }).click()
  await page.getByRole('option', { name: 'Person' }).click()
  await drawer.getByRole('textbox', { name: /What is measured/ }).fill('Calls taken at once')
  await drawer.getByRole('textbox', { name: /Start/ }).fill('20')
  await drawer.getByRole('textbox', { name: /Target/ }).fill('100')
  await drawer.getByRole('button', { name: 'Cycle, dates and weight' }).click()
  await drawer.getByRole('textbox', { name: /Weight/ }).fill('50')
  await drawer.getByRole('button', { name: 'Set goal' }).click()

  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  const path = page.getByRole('navigation', { name: 'Goals above' })
  await expect(path.getByRole('link')).toHaveText([
    new RegExp(`^${company.title}`),
    new RegExp(`^${department.title}`),
  ])
  const before = await progressOf()

  // Three clicks: open, a confidence, done.
  await page.getByRole('button', { name: 'Check in', exact: true }).click()
  const value = page.getByRole('textbox', { name: 'Where does it stand now?' })
  await expect(value).toBeFocused()
  await value.fill('100')
  await page.getByRole('radio', { name: '8', exact: true }).check({ force: true })
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click()

  await expect(page.getByRole('meter', { name: `Progress of ${title}` })).toHaveAttribute(
    'aria-valuenow',
    '100',
  )
  await expect(page.getByText('reported 100 for “Calls taken at once”')).toBeVisible()
  expect(await progressOf()).toBeGreaterThan(before)

  await path.getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: company.title })).toBeVisible()
  const shown = page.getByRole('meter', { name: `Progress of ${company.title}` })
  await expect(shown).toHaveAttribute(
    'aria-valuenow',
    String(Math.round((await progressOf()) * 100)),
  )
  await page.getByRole('button', { name: 'How is this made?' }).click()
  await expect(page.getByRole('row', { name: new RegExp(department.title) })).toBeVisible()
})

test('why do I see this, and who else does', async ({ page }) => {
  const api = await signIn(page, 'employee')
  const { company } = await aLine(api)
  await page.goto(`/goals/${company.id}`)
  await page.getByRole('button', { name: 'Why do I see this?' }).click()
  await expect(page.getByText('You see this because:')).toBeVisible()
  await page.getByRole('button', { name: 'Who can see this?' }).click()
  await expect(page.getByRole('dialog').getByRole('link').first()).toBeVisible()
})

test('what waits is done in place, from the home page', async ({ page }) => {
  const api = await signIn(page, 'manager')
  const { items } = await api.get('/v1/needs')
  const need = items.find(({ kind }: { kind: string }) => kind === 'goal_check_in_due')
  test.skip(!need, 'Nothing waits for the manager in this demo')
  await page.goto('/')
  const row = page.getByRole('listitem').filter({ hasText: 'No check-in since' }).first()
  await row.getByRole('button', { name: /^Check in on/ }).click()
  const fields = page.getByRole('textbox', { name: 'Where does it stand now?' })
  await expect(fields.first()).toBeVisible()
  for (const field of await fields.all()) {
    await field.fill(`${Number((await field.inputValue()).replace(',', '.')) + 1}`)
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('link', { name: need.title, exact: true })).toHaveCount(1)
})

test('filters live in the address', async ({ page }) => {
  await signIn(page, 'employee')
  await page.goto('/goals')
  await page.getByRole('combobox', { name: 'Level' }).click()
  await page.getByRole('option', { name: 'Company' }).click()
  await expect(page).toHaveURL(/level=company/)
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Level' })).toHaveValue('Company')
})

test('the same goals as a table and as a map, remembered in the address', async ({ page }) => {
  const api = await signIn(page, 'employee')
  const { company, department } = await aLine(api)
  await page.goto('/goals')
  await page.getByText('Table', { exact: true }).click()
  await expect(page).toHaveURL(/view=table/)
  await page.getByRole('button', { name: 'Sort by Progress' }).click()
  await expect(page).toHaveURL(/sort=progress/)
  const shares = await page
    .getByRole('row')
    .getByText(/^\d+%$/)
    .allTextContents()
  const numbers = shares
    .filter((_, index) => index % 2 === 0)
    .map((share) => Number.parseInt(share, 10))
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b))

  await page.getByText('Map', { exact: true }).click()
  await page.reload()
  await expect(page.getByRole('link', { name: company.title })).toBeVisible()
  await expect(page.getByRole('link', { name: department.title })).toBeVisible()
  await page.getByRole('button', { name: new RegExp(`below “${company.title}”`) }).click()
  await expect(page.getByRole('link', { name: department.title })).toHaveCount(0)
})
