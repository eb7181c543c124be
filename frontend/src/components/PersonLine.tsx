import { Box, Group, type MantineSize, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { PersonRef } from '@/api/gen/types.gen'
import { PersonAvatar } from './PersonAvatar'

interface PersonLineProps {
  person: PersonRef
  /** Shown instead of the job title. */
  note?: string | null
  size?: number
  textSize?: MantineSize
}

/** Avatar, name and what they do; the name leads to their page. */
export function PersonLine({ person, note, size = 36, textSize = 'sm' }: PersonLineProps) {
  const second = note === undefined ? person.job_title : note
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <PersonAvatar name={person.name} size={size} />
      <Box miw={0}>
        <Text size={textSize} fw={560} truncate>
          <Link to="/people/$personId" params={{ personId: person.id }} className="row-link">
            {person.name}
          </Link>
        </Text>
        {second && (
          <Text size="xs" c="dimmed" truncate>
            {second}
          </Text>
        )}
      </Box>
    </Group>
  )
}
