#include "CSystem.h"

#include <linux/fs.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>

int totp_write_in_place(int folder)
{
    struct statfs system;
    unsigned flags;
    if (fstatfs(folder, &system) != 0) return -1;
    if (system.f_type != BTRFS_SUPER_MAGIC) return 0;
    if (ioctl(folder, FS_IOC_GETFLAGS, &flags) != 0) return -1;
    flags |= FS_NOCOW_FL;
    return ioctl(folder, FS_IOC_SETFLAGS, &flags);
}
