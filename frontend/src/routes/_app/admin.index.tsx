import { Card, Group, SimpleGrid, Text, ThemeIcon } from '@mantine/core'
import {
  IconBuilding,
  IconCalendarRepeat,
  IconFileImport,
  IconHeart,
  IconHistory,
  IconSettings,
  IconShieldCheck,
  IconTargetArrow,
  IconUserPlus,
  IconUsersGroup,
} from '@tabler/icons-react'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { PageHeader } from '@/components/PageHeader'

export const Route = createFileRoute('/_app/admin/')({ component: Admin })

const SUBJECTS = [
  { key: 'organization', to: '/admin/organization', icon: IconSettings, act: null },
  { key: 'people', to: '/people', icon: IconUserPlus, act: 'manage_people' },
  { key: 'roles', to: '/admin/roles', icon: IconShieldCheck, act: null },
  { key: 'departments', to: '/admin/departments', icon: IconBuilding, act: null },
  { key: 'teams', to: '/admin/teams', icon: IconUsersGroup, act: null },
  { key: 'imports', to: '/admin/imports', icon: IconFileImport, act: 'import_people' },
  { key: 'eventLog', to: '/admin/event-log', icon: IconHistory, act: 'read_event_log' },
  { key: 'cycles', to: '/admin/goal-cycles', icon: IconCalendarRepeat, act: null },
  { key: 'values', to: '/admin/company-values', icon: IconHeart, act: 'manage_company_values' },
  { key: 'bulk', to: '/goals/bulk', icon: IconTargetArrow, act: 'manage_people' },
] as const

function Admin() {
  const { t } = useTranslation()
  const me = useMe()
  const open = SUBJECTS.filter(({ act }) => act === null || may(me, act))
  return (
    <>
      <PageHeader title={t('admin.title')} subtitle={me.organization.name} />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="lg">
        {open.map(({ key, to, icon: Icon }) => (
          <Card key={key} component="section">
            <Group wrap="nowrap" align="flex-start">
              <ThemeIcon size={42} variant="light" aria-hidden>
                <Icon size={22} stroke={1.6} />
              </ThemeIcon>
              <div>
                <Text fw={620}>
                  <Link to={to} className="row-link">
                    {t(`admin.${key}.title`)}
                  </Link>
                </Text>
                <Text size="sm" c="dimmed" mt={2}>
                  {t(`admin.${key}.text`)}
                </Text>
              </div>
            </Group>
          </Card>
        ))}
      </SimpleGrid>
    </>
  )
}
