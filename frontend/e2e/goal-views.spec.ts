import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

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

test('what one looks at again and again has a name, and the page opens with it', async ({
  page,
}) => {
  await signIn(page, 'hr')
  await page.goto('/goals')
  const views = page.getByRole('button', { name: /^Views/ })
  await views.click()
  await expect(page.getByRole('menuitem', { name: 'Save as…' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Level' }).click()
  await page.getByRole('option', { name: 'Company' }).click()
  await page.getByText('Table', { exact: true }).click()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Owner' }).click()
  await expect(page.getByRole('columnheader', { name: /Owner/ })).toHaveCount(0)
  await page.keyboard.press('Escape')

  // Without a mouse: open the menu, save under a name.
  await views.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'All goals' })).toBeVisible()
  expect.soft(await violations(page), 'menu').toEqual([])
  await page.getByRole('menuitem', { name: 'Save as…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Save this view' })
  await expect(dialog.getByLabel('Name')).toBeFocused()
  expect.soft(await violations(page), 'dialog').toEqual([])
  await page.keyboard.type('The company')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(views).toHaveText('The company')
  await expect(page).toHaveURL(/saved=/)

  await views.click()
  await page.getByRole('menuitem', { name: 'Open goals with it' }).click()
  await expect(page.getByText('Goals open with “The company”')).toBeVisible()
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: 'Goals' }).first().click()
  await expect(page).toHaveURL(/level=company/)
  await expect(page.getByRole('columnheader', { name: /Progress/ })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: /Owner/ })).toHaveCount(0)

  // Something else is asked for: saved into it, under another name, deleted, and brought back.
  await page.getByText('Tree', { exact: true }).click()
  await expect(views).toHaveText('The company *')
  await views.click()
  await page.getByRole('menuitem', { name: 'Save changes' }).click()
  await expect(views).toHaveText('The company')
  await views.click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Where we head')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(views).toHaveText('Where we head')
  await views.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(views).toHaveText('Views')
  await page.getByRole('button', { name: 'Undo' }).click()
  await views.click()
  await page.getByRole('menuitem', { name: /Where we head/ }).click()
  await expect(page).toHaveURL(/saved=/)
  await views.click()
  await page.getByRole('menuitem', { name: 'All goals' }).click()
  await expect(page.getByRole('combobox', { name: 'Level' })).toHaveValue('')

  // Other journeys begin with all goals.
  await views.click()
  await page.getByRole('menuitem', { name: /Where we head/ }).click()
  await expect(views).toHaveText('Where we head')
  await views.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(views).toHaveText('Views')
})

test('HR shares a view with everybody, and others save a copy', async ({ page, browser }) => {
  await signIn(page, 'hr')
  await page.goto('/goals?status=at_risk')
  await page.getByRole('button', { name: /^Views/ }).click()
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('At risk everywhere')
  await dialog.getByRole('checkbox', { name: 'Share with everybody' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)

  const other = await (await browser.newContext()).newPage()
  await signIn(other, 'manager')
  await other.goto('/goals')
  const views = other.getByRole('button', { name: /^Views/ })
  await views.click()
  await expect(other.getByText('Shared with everybody')).toBeVisible()
  await other.getByRole('menuitem', { name: 'At risk everywhere' }).click()
  await expect(other.getByRole('combobox', { name: 'Status' })).toHaveValue('At risk')
  await views.click()
  await expect(other.getByRole('menuitem', { name: 'Open goals with it' })).toBeVisible()
  await expect(other.getByRole('menuitem', { name: 'Rename…' })).toHaveCount(0)
  await other.context().close()
})

test('goals that say nearly the same are told while one writes, and on the page of each', async ({
  page,
}) => {
  const api = await signIn(page, 'employee')
  const words = `Every lens leaves the line without a scratch ${Date.now()}`
  const before = await api.post('/v1/goals', {
    data: { title: words, level: 'person' },
  })
  await page.goto('/goals?new=true')
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('textbox', { name: /want to reach/ }).fill(`${words} at all`)
  const hint = drawer.getByRole('region', { name: 'Similar goals' })
  await expect(hint.getByRole('link', { name: words })).toBeVisible()
  expect.soft(await violations(page), 'hint').toEqual([])
  await hint.getByRole('button', { name: `Align to it: ${words}` }).click()
  await expect(drawer.getByRole('combobox', { name: /goal/i }).first()).toHaveValue(words)
  await page.goto('/goals')

  const again = await api.post('/v1/goals', {
    data: { title: `${words} again`, level: 'person' },
  })
  await page.goto(`/goals/${again.id}`)
  const card = page.getByRole('region', { name: 'Similar goals' })
  await card.getByRole('link', { name: words, exact: true }).click()
  await expect(page).toHaveURL(new RegExp(before.id))
})

interface Found {
  id: string
  title: string
  goal: { id: string; title: string }
}

test('a check-in from the palette and from the table, without a mouse', async ({ page }) => {
  const api = await signIn(page, 'employee')
  const words = `Answered within a day ${Date.now()}`
  const key_results = [{ title: words, start: '0', target: '100' }]
  const { cycle } = await api.get('/v1/goals/tree')
  const goal = await api.post('/v1/goals', {
    data: { title: `Answer ${words}`, level: 'person', cycle_id: cycle.id, key_results },
  })
  const mine = await api.get(`/v1/key-results?q=${encodeURIComponent(words)}`)
  expect(mine.items.map(({ goal }: Found) => goal.id)).toEqual([goal.id])

  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByPlaceholder('Search or jump to…').last()).toBeFocused()
  await page.keyboard.type(`check in ${words}`)
  await expect(page.getByRole('button', { name: new RegExp(`^Check in: ${words}`) })).toBeVisible()
  await page.keyboard.press('Enter')
  const value = page.getByRole('textbox', { name: 'Where does it stand now?' })
  await expect(value).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('40')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText(`reported 40 for “${words}”`)).toBeVisible()

  await page.goto(`/goals?view=table&q=${words.split(' ').at(-1)}`)
  const button = page.getByRole('button', { name: `Check in on ${goal.title}` })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(value).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('70')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(button).toBeFocused()
  await expect(page.getByRole('meter', { name: `Progress of ${goal.title}` })).toHaveAttribute(
    'aria-valuenow',
    '70',
  )
})

test('on paper stands every goal, and nothing to click', async ({ page }) => {
  const api = await signIn(page, 'admin')
  const { nodes }: { nodes: { id: string; title: string; state: string }[] } =
    await api.get('/v1/goals/tree')
  const active = nodes.find(({ state }) => state === 'active')
  const print = async () => {
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  }
  const done = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: null })
  }

  await page.goto('/goals?view=table')
  const rows = page.getByRole('region', { name: 'Goals' }).getByRole('link')
  await expect(rows).toHaveCount(50)
  const count = Number.parseInt((await page.getByText(/^\d+ goals$/).textContent()) ?? '', 10)
  expect(count).toBeGreaterThan(50)
  await print()
  await expect(rows).toHaveCount(count)
  await expect(page.getByRole('columnheader', { name: 'Owner' })).toHaveText('Owner')
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await done()
  await expect(rows).toHaveCount(50)

  await page.getByText('Tree', { exact: true }).click()
  await page.getByRole('button', { name: 'Open all' }).click()
  await print()
  const lines = page.getByRole('list', { name: 'Goals' }).getByRole('link')
  await expect(lines).toHaveCount(count)
  await expect(page.getByRole('button')).toHaveCount(0)
  await done()

  await page.goto(`/goals/${active?.id}`)
  await expect(page.getByRole('heading', { level: 1, name: active?.title })).toBeVisible()
  await print()
  const status = page.getByText(/^(On track|At risk|Off track)$/).first()
  await expect(status).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0)
})

const MEASURES = [
  { title: 'Calls', kind: 'number', unit: 'calls', start: '10', target: '50', value: '30' },
  { title: 'Share', kind: 'percent', start: '80', target: '100', value: '90' },
  { title: 'Money', kind: 'currency', unit: 'EUR', start: '0', target: '1000', value: '250' },
  { title: 'Certified', kind: 'binary', value: '1' },
  { title: 'Uptime', kind: 'maintain', lower: '99', upper: '100', value: '99.5' },
  { title: 'Judged', kind: 'manual', value: '40' },
]

test('each kind of key result has its history against what was expected', async ({ page }) => {
  const api = await signIn(page, 'employee')
  const goal = await api.post('/v1/goals', {
    data: {
      title: `Everything measured ${Date.now()}`,
      level: 'person',
      key_results: [
        ...MEASURES.map(({ value, ...measure }) => measure),
        { title: 'Steps', kind: 'milestones', milestones: [{ title: 'One' }, { title: 'Two' }] },
      ],
    },
  })
  for (const key_result of goal.key_results) {
    const value = MEASURES.find(({ title }) => title === key_result.title)?.value
    const done_milestone_ids = key_result.milestones.slice(0, 1).map(({ id }: Found) => id)
    await api.post(`/v1/key-results/${key_result.id}/check-ins`, {
      data: value ? { value } : { done_milestone_ids },
    })
  }
  await page.goto(`/goals/${goal.id}`)
  await page.getByRole('button', { name: 'Over time' }).click()
  const row = (text: string) => page.getByRole('figure').getByRole('row', { name: text }).last()
  for (const [title, said] of [
    ['Calls', '30 calls'],
    ['Share', '90 %'],
    ['Money', '€250'],
    ['Certified', 'yes'],
    ['Uptime', 'between 99 and 100'],
    ['Judged', '40%'],
    ['Steps', '50%'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Shown is' }).click()
    await page.getByRole('option', { name: title, exact: true }).click()
    const figure = page.getByRole('figure', { name: `Progress of “${title}” over time` })
    await expect(figure.locator('.recharts-surface').first()).toBeVisible()
    if (title === 'Uptime') await expect(figure.getByText(said)).toBeVisible()
    await figure.getByText('Table', { exact: true }).click()
    await expect(row(said)).toBeVisible()
  }
  expect.soft(await violations(page), 'history').toEqual([])
})
