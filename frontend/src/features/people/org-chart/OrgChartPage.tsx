import { Button, Card, Group, SegmentedControl, Select } from '@mantine/core'
import { IconSearch, IconSitemap } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/api/me'
import { may } from '@/api/permissions'
import { EmptyState } from '@/components/EmptyState'
import { MomentButton, MomentNote } from '@/components/LookingBack'
import { PageHeader } from '@/components/PageHeader'
import { useIsNarrow } from '@/components/useIsNarrow'
import { matches } from '@/lib/text'
import { orgChartOptions } from '../queries'
import { ChartView } from './ChartView'
import { everyManager, hierarchyOf, openAtFirst, pathTo } from './hierarchy'
import { ListView } from './ListView'
import type { OrgChartSearch } from './search'
import { Unassigned } from './Unassigned'

interface OrgChartPageProps {
  search: OrgChartSearch
  onSearch: (change: Partial<OrgChartSearch>) => void
}

export function OrgChartPage({ search, onSearch }: OrgChartPageProps) {
  const { t } = useTranslation()
  const narrow = useIsNarrow()
  // What is planned is for HR of all departments and administrators.
  const ahead = may(useMe(), 'import_people')
  const { data: chart } = useSuspenseQuery(orgChartOptions(search.as_of))
  const hierarchy = useMemo(() => hierarchyOf(chart), [chart])
  const [open, setOpen] = useState(() => openAtFirst(hierarchy))
  const view = search.view ?? (narrow ? 'list' : 'chart')

  // Another day is another chart; the same day read again keeps what was opened.
  // biome-ignore lint/correctness/useExhaustiveDependencies: begins anew with the day only
  useEffect(() => setOpen(openAtFirst(hierarchy)), [chart.as_of])
  useEffect(() => {
    if (search.focus) {
      const path = pathTo(hierarchy, search.focus)
      setOpen((before) => new Set([...before, ...path]))
    }
  }, [hierarchy, search.focus])

  const toggle = (personId: string) =>
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(personId)) after.add(personId)
      return after
    })
  const managers = everyManager(hierarchy)
  const allOpen = managers.size > 0 && [...managers].every((id) => open.has(id))
  const View = view === 'chart' ? ChartView : ListView
  return (
    <>
      <PageHeader
        title={t('orgChart.title')}
        subtitle={t('orgChart.people', { count: chart.nodes.length })}
        actions={
          <MomentButton day={search.as_of} onDay={(as_of) => onSearch({ as_of })} ahead={ahead} />
        }
      />
      <Group gap="sm" mb="md" className="no-print">
        <Select
          flex="1 1 220px"
          aria-label={t('orgChart.find')}
          placeholder={t('orgChart.find')}
          leftSection={<IconSearch size={16} />}
          data={chart.nodes.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.focus ?? null}
          onChange={(focus) => onSearch({ focus: focus ?? undefined })}
          searchable
          clearable
          limit={30}
          filter={({ options, search: typed }) =>
            options.filter((option) => 'label' in option && matches(option.label, typed))
          }
        />
        <Button
          variant="default"
          onClick={() => setOpen(allOpen ? openAtFirst(hierarchy) : managers)}
        >
          {t(allOpen ? 'orgChart.closeLines' : 'orgChart.openLines')}
        </Button>
        <SegmentedControl
          aria-label={t('orgChart.view')}
          value={view}
          onChange={(value) => onSearch({ view: value as OrgChartSearch['view'] })}
          data={[
            { value: 'chart', label: t('orgChart.chart') },
            { value: 'list', label: t('orgChart.list') },
          ]}
        />
      </Group>
      <MomentNote day={search.as_of} onDay={(as_of) => onSearch({ as_of })} />
      {hierarchy.roots.length > 0 ? (
        <View hierarchy={hierarchy} open={open} onToggle={toggle} focus={search.focus} />
      ) : (
        <Card>
          <EmptyState icon={IconSitemap} title={t('orgChart.emptyTitle')}>
            {t('orgChart.emptyText')}
          </EmptyState>
        </Card>
      )}
      <Unassigned people={hierarchy.unassigned} />
    </>
  )
}
