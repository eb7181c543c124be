import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What axe finds on the page as it is now, each with where and why. Nothing here is in a frame of
 * another origin, for which it would open a second page, and what passes need not be told of.
 */
export async function violations(page: Page) {
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(WCAG)
    .analyze()
  return found.map(({ id, nodes }) => {
    const where = nodes.map(({ html }) => html.slice(0, 140)).slice(0, 3)
    return `${id} (${nodes.length}): ${where.join(' | ')} ${nodes[0]?.failureSummary ?? ''}`
  })
}
