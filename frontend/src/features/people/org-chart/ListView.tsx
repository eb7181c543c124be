import { ActionIcon, Box, Card, Group, Text } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrgChartNode } from '@/api/gen/types.gen'
import { PersonLine } from '@/components/PersonLine'
import type { Hierarchy } from './hierarchy'
import classes from './ListView.module.css'

interface ListViewProps {
  hierarchy: Hierarchy
  open: ReadonlySet<string>
  onToggle: (personId: string) => void
  focus: string | undefined
}

function Entry({ person, ...props }: ListViewProps & { person: OrgChartNode }) {
  const { hierarchy, open, onToggle, focus } = props
  const { t } = useTranslation()
  const row = useRef<HTMLDivElement>(null)
  const isFocused = person.id === focus
  useEffect(() => {
    if (isFocused) row.current?.scrollIntoView({ block: 'center' })
  }, [isFocused])
  const reports = hierarchy.reportsOf.get(person.id) ?? []
  const isOpen = open.has(person.id)
  return (
    <li>
      <Group
        ref={row}
        gap={6}
        wrap="nowrap"
        className={classes.row}
        data-focused={isFocused || undefined}
      >
        <Box w={28} style={{ flexShrink: 0 }}>
          {reports.length > 0 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={isOpen}
              aria-label={t('orgChart.lineOf', {
                name: person.name,
                count: person.all_reports,
              })}
              onClick={() => onToggle(person.id)}
            >
              <IconChevronRight size={17} style={{ rotate: isOpen ? '90deg' : undefined }} />
            </ActionIcon>
          )}
        </Box>
        <Box flex={1} miw={0}>
          <PersonLine person={person} size={34} />
        </Box>
        {reports.length > 0 && (
          <Text size="xs" c="dimmed" className="tabular">
            {t('orgChart.people', { count: person.all_reports })}
          </Text>
        )}
      </Group>
      {isOpen && reports.length > 0 && (
        <ul>
          {reports.map((report) => (
            <Entry key={report.id} person={report} {...props} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** The same chart as nested lists: for keyboards, screen readers and narrow screens. */
export function ListView(props: ListViewProps) {
  const { t } = useTranslation()
  return (
    <Card p="sm">
      <ul className={classes.list} aria-label={t('orgChart.title')}>
        {props.hierarchy.roots.map((root) => (
          <Entry key={root.id} person={root} {...props} />
        ))}
      </ul>
    </Card>
  )
}
