import { Box, Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

interface PageHeaderProps {
  title: string
  /** Who, in one quiet line. */
  subtitle?: ReactNode
  /** A path back to what this page belongs to. */
  breadcrumb?: ReactNode
  /** Badges beside the title. */
  status?: ReactNode
  /** The next step, and what else may be done. */
  actions?: ReactNode
}

/** One header on every page: what it is, whose it is, how it stands, and the next step. */
export function PageHeader({ title, subtitle, breadcrumb, status, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · perfapi`
  }, [title])
  return (
    <Group component="header" justify="space-between" align="flex-end" mb="xl" gap="md">
      <Box miw={0} flex="1 1 320px">
        {breadcrumb}
        <Group gap="sm">
          <Title order={1} id="page-title" tabIndex={-1} style={{ outline: 0 }}>
            {title}
          </Title>
          {status}
        </Group>
        {subtitle && (
          <Box c="dimmed" mt={4}>
            {subtitle}
          </Box>
        )}
      </Box>
      {actions && (
        <Group gap="sm" className="no-print">
          {actions}
        </Group>
      )}
    </Group>
  )
}
