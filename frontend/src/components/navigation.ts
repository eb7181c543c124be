import {
  IconAdjustments,
  IconChartBar,
  IconHeartHandshake,
  IconHome,
  IconSitemap,
  IconTargetArrow,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Me } from '@/api/gen/types.gen'

/** What somebody may configure; whoever holds one of these finds the administration. */
const ADMIN_ACTS = [
  'manage_roles',
  'manage_people',
  'import_people',
  'manage_goal_cycles',
  'manage_company_values',
]

const PLACES = [
  { to: '/', key: 'home', icon: IconHome, shortcut: 'g h' },
  { to: '/goals', key: 'goals', icon: IconTargetArrow, shortcut: 'g g' },
  { to: '/praise', key: 'praise', icon: IconHeartHandshake, shortcut: 'g r' },
  { to: '/team', key: 'team', icon: IconUsersGroup, shortcut: 'g t' },
  { to: '/people', key: 'people', icon: IconUsers, shortcut: 'g p' },
  { to: '/org-chart', key: 'orgChart', icon: IconSitemap, shortcut: 'g o' },
  { to: '/analytics', key: 'insights', icon: IconChartBar, shortcut: 'g i' },
  { to: '/admin', key: 'admin', icon: IconAdjustments, shortcut: 'g a' },
] as const

export type Place = (typeof PLACES)[number]

/** The navigation by what a person does: at most eight places, and only those open to them. */
export function placesOf(me: Pick<Me, 'permissions' | 'manages_people'>): Place[] {
  return PLACES.filter(({ key }) => {
    if (key === 'team') return me.manages_people
    if (key === 'insights') return me.permissions.includes('see_insights')
    if (key === 'admin') return ADMIN_ACTS.some((act) => me.permissions.includes(act))
    return true
  })
}
