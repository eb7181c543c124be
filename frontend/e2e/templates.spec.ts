import { expect } from '@playwright/test'
import { signIn, test } from './as'
import { violations } from './axe'

test('a template is written, used, renamed, and comes back after it was removed', async ({
  page,
}) => {
  await signIn(page, 'hr')
  const title = `Open another shop ${Date.now()}`
  await page.goto('/goals')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Templates' }).click()
  await page.getByRole('button', { name: 'New template' }).click()
  const drawer = page.getByRole('dialog', { name: 'New template' })
  await drawer.getByRole('textbox', { name: /want to reach/ }).fill(title)
  await drawer.getByRole('textbox', { name: /What is measured/ }).fill('From a key to a till')
  await drawer.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: /^Milestones/ }).click()
  await drawer.getByRole('textbox', { name: 'Milestone 1', exact: true }).fill('Lease signed')
  const days = drawer.getByRole('textbox', { name: 'Days after the start for milestone 1' })
  await days.fill('soon')
  expect(await violations(page)).toEqual([])
  await drawer.getByRole('button', { name: 'Save' }).click()
  await expect(drawer.getByText('Enter a number')).toBeVisible()
  await days.fill('10')
  await drawer.getByRole('button', { name: 'Save' }).click()
  await expect(drawer).toHaveCount(0)

  await page.getByRole('link', { name: `Use “${title}”` }).click()
  const goal = page.getByRole('dialog', { name: 'New goal' })
  await expect(goal.getByRole('textbox', { name: /want to reach/ })).toHaveValue(title)
  await expect(goal.getByLabel('Due date of milestone 1')).toHaveValue(/^\d{4}-\d\d-\d\d$/)
  await goal.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).not.toHaveURL(/template=/)

  await page.goto('/goals/templates')
  await page.getByRole('textbox', { name: 'Search templates' }).fill(title)
  await page.getByRole('button', { name: `Edit ${title}` }).click()
  const edit = page.getByRole('dialog', { name: 'Edit template' })
  await expect(
    edit.getByRole('textbox', { name: 'Days after the start for milestone 1' }),
  ).toHaveValue('10')
  await edit.getByRole('textbox', { name: /want to reach/ }).fill(`${title} soon`)
  await edit.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByText(`${title} soon`, { exact: true })
  await expect(renamed).toBeVisible()

  await page.getByRole('button', { name: `Remove the template “${title} soon”` }).click()
  await expect(renamed).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(renamed).toBeVisible()
})

test('whoever keeps no templates begins with one of the library', async ({ page }) => {
  await signIn(page, 'employee')
  await page.goto('/goals/templates')
  await expect(page.getByRole('button', { name: 'New template' })).toHaveCount(0)
  await page.getByRole('link', { name: /^Use “Our new product/ }).click()
  const goal = page.getByRole('dialog', { name: 'New goal' })
  await expect(goal.getByRole('textbox', { name: /want to reach/ })).toHaveValue(/new product/)
  await expect(goal.getByRole('textbox', { name: 'Milestone 4', exact: true })).toHaveValue(
    'Open to everybody',
  )
})
