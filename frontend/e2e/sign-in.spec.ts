import { expect } from '@playwright/test'
import { type Role, signIn, signInOf, test } from './as'

const ROLES: Role[] = ['admin', 'hr', 'manager', 'employee']
const SEES: Record<Role, { team: boolean | null; admin: boolean }> = {
  admin: { team: null, admin: true },
  hr: { team: null, admin: true },
  manager: { team: true, admin: false },
  employee: { team: false, admin: false },
}

for (const role of ROLES) {
  test(`the ${role} signs in and finds what is theirs`, async ({ page }) => {
    const { email, password } = signInOf(role)
    await page.goto('/goals?status=at_risk')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()

    // The way back leads to where one wanted to go.
    await expect(page).toHaveURL(/\/goals\?status=at_risk$/)
    const navigation = page.getByRole('navigation', { name: 'Main' })
    await navigation.getByRole('link', { name: 'Home' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /^Good / })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Needs you now' })).toBeVisible()
    const { team, admin } = SEES[role]
    await expect(navigation.getByRole('link', { name: 'Admin' })).toHaveCount(admin ? 1 : 0)
    if (team !== null) {
      await expect(navigation.getByRole('link', { name: 'My team' })).toHaveCount(team ? 1 : 0)
    }

    // A reload keeps the session: the cookie brings a new token.
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: /^Good / })).toBeVisible()

    await page.getByRole('button', { name: /^Menu of / }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await page.goto('/people')
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  })
}

test.describe(() => {
  // Browsers report every refused request on the console; here the refusal is the subject.
  test.use({ allowed: [/status of 401/] })

  test('a wrong password is told kindly, and nothing of which part was wrong', async ({ page }) => {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(signInOf('employee').email)
    await page.getByRole('textbox', { name: 'Password' }).fill('not the right one')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText('The e-mail address or the password is wrong.')
  })
})

test.describe(() => {
  test.use({ allowed: [/status of 404/] })

  test('what is not there, or not for these eyes, says so in place', async ({ page }) => {
    await signIn(page, 'employee')
    await page.goto('/goals/01930000-0000-7000-8000-000000000000')
    await expect(page.getByRole('alert')).toContainText('There is nothing here')
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  })
})

test('an invitation makes somebody who can sign in', async ({ page, browser, baseURL }) => {
  await signIn(page, 'hr')
  await page.goto('/people?new=true')
  const drawer = page.getByRole('dialog', { name: 'Add person' })
  const email = `noor.${Date.now()}@example.com`
  await drawer.getByRole('textbox', { name: 'Given name' }).fill('Noor')
  await drawer.getByRole('textbox', { name: 'Family name' }).fill('Invitee')
  await drawer.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await drawer.getByRole('button', { name: 'Add person' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Noor Invitee' })).toBeVisible()

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Invite to sign in' }).click()
  await page.getByRole('button', { name: 'Create link instead' }).click()
  const link = new URL(await page.getByLabel('Invitation link').inputValue())

  const theirs = await browser.newContext({ baseURL })
  const invited = await theirs.newPage()
  await invited.goto(`${link.pathname}${link.search}${link.hash}`)
  await invited.getByLabel('New password', { exact: true }).fill('gravel lantern orbit 17')
  await invited.getByLabel('New password again').fill('gravel lantern orbit 17')
  await invited.getByRole('button', { name: 'Set password and sign in' }).click()
  await expect(invited.getByRole('heading', { level: 1, name: /, Noor$/ })).toBeVisible()
  expect(invited.url()).not.toContain(link.hash.slice(1))
  await theirs.close()
})
