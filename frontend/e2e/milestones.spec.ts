import { expect } from '@playwright/test'
import { signIn, test } from './as'

test('a goal that milestones measure, ticked and taken back, and judged by hand', async ({
  page,
}) => {
  const api = await signIn(page, 'employee')
  const title = `The new site is open ${Date.now()}`
  await page.goto('/goals')
  await page.getByRole('button', { name: 'New goal' }).first().click()
  const drawer = page.getByRole('dialog', { name: 'New goal' })
  await drawer.getByRole('textbox', { name: /want to reach/ }).fill(title)
  await drawer.getByRole('textbox', { name: /What is measured/ }).fill('From a plan to a door')
  await drawer.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: /^Milestones/ }).click()
  await expect(drawer.getByRole('textbox', { name: /Target/ })).toHaveCount(0)

  // One after the other, by keyboard alone.
  await drawer.getByRole('textbox', { name: 'Milestone 1', exact: true }).fill('Lease signed')
  await page.keyboard.press('Enter')
  await expect(drawer.getByRole('textbox', { name: 'Milestone 2', exact: true })).toBeFocused()
  await page.keyboard.type('Walls painted')
  await page.keyboard.press('Enter')
  await expect(drawer.getByRole('textbox', { name: 'Milestone 3', exact: true })).toBeFocused()
  await page.keyboard.type('Doors open')
  await drawer.getByRole('textbox', { name: 'Weight of milestone 3' }).fill('2')
  await drawer.getByRole('button', { name: 'Set goal' }).click()

  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByText('0 of 3 milestones').filter({ visible: true })).toBeVisible()
  const meter = page.getByRole('meter', { name: `Progress of ${title}` })

  // A tick is a check-in at once; undo is another one.
  const doors = page.getByRole('checkbox', { name: 'Doors open' })
  await doors.check()
  await expect(meter).toHaveAttribute('aria-valuenow', '50')
  await expect(page.getByText(/as done for “From a plan to a door”: Doors open/)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(doors).not.toBeChecked()
  await expect(meter).toHaveAttribute('aria-valuenow', '0')

  // The same in the drawer, with what goes with it.
  await page.getByRole('button', { name: 'Check in', exact: true }).click()
  const checkIn = page.getByRole('dialog', { name: 'Check in' })
  await checkIn.getByRole('checkbox', { name: 'Lease signed' }).check()
  await checkIn.getByRole('radio', { name: '9', exact: true }).check({ force: true })
  await checkIn.getByRole('button', { name: 'Check in' }).click()
  await expect(page.getByText('1 of 3 milestones').filter({ visible: true })).toBeVisible()
  await expect(meter).toHaveAttribute('aria-valuenow', '25')

  // A weight that changes moves the goal.
  await page.getByRole('button', { name: 'Edit From a plan to a door' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit key result' })
  await expect(edit.getByRole('combobox', { name: 'Kind' })).toBeDisabled()
  await edit.getByRole('textbox', { name: 'Weight of milestone 1' }).fill('3')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(meter).toHaveAttribute('aria-valuenow', '50')

  await page.getByRole('button', { name: /^Status: / }).click()
  await page.getByRole('menuitem', { name: 'At risk' }).click()
  await expect(page.getByRole('img', { name: 'Judged by hand' })).toBeVisible()
  const { pathname } = new URL(page.url())
  const goal = await api.get(`/v1${pathname}`)
  expect([goal.status, goal.status_source]).toEqual(['at_risk', 'manual'])
})
