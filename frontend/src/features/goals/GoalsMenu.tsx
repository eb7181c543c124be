import { ActionIcon, Menu } from '@mantine/core'
import {
  IconDots,
  IconPrinter,
  IconTable,
  IconTableExport,
  IconTemplate,
  IconUsersPlus,
} from '@tabler/icons-react'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { exportGoals } from '@/api/gen/sdk.gen'
import type { ExportRows } from '@/api/gen/types.gen'
import { useMe } from '@/api/me'
import { today } from '@/lib/dates'
import { saveFile } from '@/lib/files'
import { exportQuery } from './exportQuery'
import { cyclesOptions } from './queries'
import type { GoalsSearch } from './search'

/** Other ways to set goals, and what is shown taken along: as a sheet, or on paper. */
export function GoalsMenu({ search }: { search: GoalsSearch }) {
  const { t } = useTranslation()
  const me = useMe()
  const { data: cycles } = useSuspenseQuery(cyclesOptions())
  const download = useMutation({
    mutationFn: async (rows: ExportRows) => {
      const query = { ...exportQuery(search, cycles, me.person.id), rows, bom: true }
      return (await exportGoals({ query, parseAs: 'blob' })).data
    },
    onSuccess: (file, rows) =>
      saveFile(new Blob([file], { type: 'text/csv' }), `${rows.replace('_', '-')}-${today()}.csv`),
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('common.more')}
          loading={download.isPending}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!search.as_of && (
          <>
            {me.manages_people && (
              <Menu.Item
                leftSection={<IconUsersPlus size={17} stroke={1.7} />}
                renderRoot={(props) => <Link to="/goals/bulk" {...props} />}
              >
                {t('bulk.open')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconTemplate size={17} stroke={1.7} />}
              renderRoot={(props) => <Link to="/goals/templates" {...props} />}
            >
              {t('template.page')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Label>{t('goals.menu.export')}</Menu.Label>
            <Menu.Item
              leftSection={<IconTable size={17} stroke={1.7} />}
              onClick={() => download.mutate('goals')}
            >
              {t('goals.menu.exportGoals')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTableExport size={17} stroke={1.7} />}
              onClick={() => download.mutate('key_results')}
            >
              {t('goals.menu.exportKeyResults')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          leftSection={<IconPrinter size={17} stroke={1.7} />}
          onClick={() => window.print()}
        >
          {t('goal.act.print')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
