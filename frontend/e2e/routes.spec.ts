import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { type Api, signIn, test, testInOneBrowser } from './as'
import { violations } from './axe'

/** `make verify` looks at the wide page in the dark too, `make test` at the narrow one only. */
const EVERYTHING = Boolean(process.env.E2E_WHOLE)
const NARROW = { width: 390, height: 844 }
const WIDE = { width: 1360, height: 900 }

/** Every route, and the drawers that most people open. Where ids are needed, the demo is asked. */
const ROUTES: Record<string, (api: Api) => Promise<string> | string> = {
  home: () => '/',
  goals: () => '/goals',
  'goals as a table': () => '/goals?view=table',
  'goals as a map': () => '/goals?view=map',
  'new goal': () => '/goals?new=true',
  goal: async (api) => `/goals/${await aGoal(api)}`,
  'check-in': async (api) => `/goals/${await aGoal(api)}?check_in=all`,
  'closing a goal': async (api) => `/goals/${await aGoal(api)}?close=true`,
  'carrying a goal over': async (api) => `/goals/${await aGoal(api)}?carry_over=true`,
  'new initiative': async (api) => `/goals/${await aGoal(api)}?initiative=new`,
  'closed goal': async (api) => `/goals/${await aGoal(api, 'closed')}`,
  'archived goals': () => '/goals?state=archived',
  'key result with milestones': async (api) => {
    const { goal, keyResult } = await milestones(api)
    return `/goals/${goal}?key_result=${keyResult}`
  },
  'goals for many': () => '/goals/bulk',
  templates: () => '/goals/templates',
  'new template': () => '/goals/templates?edit=new',
  praise: () => '/praise',
  'giving praise': () => '/praise?give=true',
  'what was reported': () => '/praise?show=reported',
  'feedback received': () => '/feedback',
  'feedback given': () => '/feedback?tab=given',
  'requests for feedback': () => '/feedback?tab=requests',
  'asking for feedback': () => '/feedback?ask=true',
  feedback: async (api) => `/feedback/${await aPraise(api)}`,
  people: () => '/people',
  person: async (api) => `/people/${(await api.get('/v1/me')).person.id}`,
  'change of manager': async (api) =>
    `/people/${(await api.get('/v1/people?limit=1')).items[0].id}?dialog=manager`,
  'my team': () => '/team',
  'org chart': () => '/org-chart?view=chart',
  'org chart as a list': () => '/org-chart?view=list',
  insights: () => '/analytics',
  'insights of a manager': () => '/analytics?group=manager',
  account: () => '/account',
  administration: () => '/admin',
  organization: () => '/admin/organization',
  'company values': () => '/admin/company-values',
  'new company value': () => '/admin/company-values?edit=new',
  roles: () => '/admin/roles',
  departments: () => '/admin/departments',
  teams: () => '/admin/teams',
  'goal cycles': () => '/admin/goal-cycles',
  'event log': () => '/admin/event-log',
  'what was given up': () => '/admin/event-log?tab=dead',
  imports: () => '/admin/imports',
  'new import': () => '/admin/imports/new',
  import: async (api) => `/admin/imports/${await anImport(api)}`,
}

async function aGoal(api: Api, state = 'active'): Promise<string> {
  const { items } = await api.get(`/v1/goals?level=company&state=${state}&limit=1`)
  return items[0].id
}

/** The newest on the wall, or one that is put there. */
async function aPraise(api: Api): Promise<string> {
  const { items } = await api.get('/v1/feedback?box=wall&limit=1')
  if (items.length > 0) return items[0].id
  const me = await api.get('/v1/me')
  const people = await api.get('/v1/people?has_left=false&limit=2')
  const other = people.items.find(({ id }: { id: string }) => id !== me.person.id)
  const body = { receiver_ids: [other.id], kind: 'praise', text: 'You made it **easy**.' }
  return (await api.post('/v1/feedback', { data: body })).id
}

interface Measured {
  id: string
  key_results: { id: string; kind: string }[]
}

async function milestones(api: Api): Promise<{ goal: string; keyResult: string }> {
  const { nodes }: { nodes: Measured[] } = await api.get('/v1/goals/tree')
  for (const { id, key_results } of nodes) {
    const found = key_results.find(({ kind }) => kind === 'milestones')
    if (found) return { goal: id, keyResult: found.id }
  }
  throw new Error('The demo has no key result with milestones')
}

async function anImport(api: Api): Promise<string> {
  const mapping = { columns: { external_id: 'Id', name: 'Name', manager_name: 'Boss' } }
  const plan = await api.post('/v1/people/imports', {
    multipart: {
      file: {
        name: 'plan.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('Id,Name,Boss\nZ1,Zelda Zoom,Nobody At All\n,Yan Yes,\n'),
      },
      mapping: JSON.stringify(mapping),
    },
  })
  return plan.id
}

async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  await drawn(page)
}

const drawn = (page: Page) => expect(page.locator('[aria-busy="true"]')).toHaveCount(0)

/** Once what the new width asks for is drawn, a moment after the resize. */
async function expectNoSidewaysScroll(page: Page) {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const softly = expect.configure({ soft: true })
  await softly
    .poll(overflow, { message: `${page.url()}: sideways`, timeout: 3_000 })
    .toBeLessThanOrEqual(0)
}

for (const [name, pathOf] of Object.entries(ROUTES)) {
  testInOneBrowser(
    `${name}: no violation in either scheme, no sideways scroll on a phone`,
    async ({ page }) => {
      const api = await signIn(page, 'admin')
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(await pathOf(api))
      await settled(page)
      expect.soft(await violations(page), 'light').toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
      if (EVERYTHING) expect.soft(await violations(page), 'dark').toEqual([])
      await page.setViewportSize(NARROW)
      await settled(page)
      await expectNoSidewaysScroll(page)
      expect.soft(await violations(page), 'dark and narrow').toEqual([])
    },
  )
}

test('the pages before signing in are open to everybody', async ({ page }) => {
  const paths = [
    '/sign-in',
    '/invitation#0123456789abcdef0123456789',
    '/invitation',
    '/forgot-password',
    '/password-reset#0123456789abcdef0123456789',
    '/password-reset',
  ]
  for (const path of paths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(colorScheme === 'light' ? WIDE : NARROW)
      await page.goto(path)
      await settled(page)
      expect.soft(await violations(page), `${path} ${colorScheme}`).toEqual([])
      await expectNoSidewaysScroll(page)
    }
  }
})

test('menus, the palette and the navigation of a phone', async ({ page }) => {
  await signIn(page, 'admin')
  await page.goto('/')
  await settled(page)
  await page.getByRole('button', { name: /^Menu of / }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  expect.soft(await violations(page), 'user menu').toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Search or jump to…').last().fill('go')
  await expect(page.getByText('Set a new goal')).toBeVisible()
  expect.soft(await violations(page), 'palette').toEqual([])
  await page.keyboard.press('Escape')
  await page.setViewportSize(NARROW)
  await page.getByRole('button', { name: 'Open navigation' }).click()
  const menu = page.getByRole('dialog')
  await expect(menu.getByRole('link', { name: 'Goals' })).toBeVisible()
  expect.soft(await violations(page), 'navigation').toEqual([])
  await menu.getByRole('link', { name: 'Goals' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Goals' })).toBeVisible()
  await expect(menu).toHaveCount(0)
})
