/* Loaded into the server by LD_PRELOAD: writes down, in order, all that it does to the files of POWER_FOLDER, so that a
   test can tell what a disk that loses its power would have kept. Nothing is really synced: the log is the disk.

   A record of POWER_LOG: kind, inode, place, length (1 + 3 * 8 bytes in the machine's order), then so many bytes. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int out = -1;
static const char *folder;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    folder = getenv("POWER_FOLDER");
    const char *log = getenv("POWER_LOG");
    if (folder && log) out = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int under(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    return out >= 0 && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

/* Whether the open file is one of the folder's. */
static int ours(int fd, struct stat *stat, char path[PATH_MAX]) {
    char link[32];
    if (out < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return under(path) && !fstat(fd, stat);
}

static void note(char kind, uint64_t file, uint64_t place, const void *data, uint64_t length) {
    char head[25] = {kind};
    memcpy(head + 1, &file, 8);
    memcpy(head + 9, &place, 8);
    memcpy(head + 17, &length, 8);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)data, length}};
    if (syscall(SYS_writev, out, parts, 2) != (long)(sizeof head + length)) abort();
}

static ssize_t put(int fd, const struct iovec *parts, int count, off_t place) {
    struct stat stat;
    char path[PATH_MAX];
    ssize_t done = 0;
    int known = ours(fd, &stat, path);
    if (known) {
        pthread_mutex_lock(&turn);
        fstat(fd, &stat);
    }
    int follows = place < 0;
    if (known && follows) place = fcntl(fd, F_GETFL) & O_APPEND ? stat.st_size : lseek(fd, 0, SEEK_CUR);
    done = follows ? syscall(SYS_writev, fd, parts, count) : syscall(SYS_pwrite64, fd, parts->iov_base, parts->iov_len, place);
    if (known) {
        for (ssize_t left = done; left > 0; parts++) {
            size_t length = (size_t)left < parts->iov_len ? (size_t)left : parts->iov_len;
            note('W', stat.st_ino, place, parts->iov_base, length);
            place += length;
            left -= length;
        }
        pthread_mutex_unlock(&turn);
    }
    return done;
}

ssize_t write(int fd, const void *data, size_t length) {
    struct iovec part = {(void *)data, length};
    return put(fd, &part, 1, -1);
}
ssize_t writev(int fd, const struct iovec *parts, int count) { return put(fd, parts, count, -1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t place) {
    struct iovec part = {(void *)data, length};
    return put(fd, &part, 1, place);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t place) { return pwrite64(fd, data, length, place); }

int ftruncate64(int fd, off64_t length) {
    struct stat stat;
    char path[PATH_MAX];
    if (!ours(fd, &stat, path)) return syscall(SYS_ftruncate, fd, length);
    pthread_mutex_lock(&turn);
    int result = syscall(SYS_ftruncate, fd, length);
    if (!result) note('T', stat.st_ino, length, "", 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fsync(int fd) {
    struct stat stat;
    char path[PATH_MAX];
    if (!ours(fd, &stat, path)) return syscall(SYS_fsync, fd);
    pthread_mutex_lock(&turn);
    if (S_ISDIR(stat.st_mode)) note('D', 0, 0, path, strlen(path));
    else note('S', stat.st_ino, 0, "", 0);
    pthread_mutex_unlock(&turn);
    return 0;
}
int fdatasync(int fd) { return fsync(fd); }

static int enter(int dir, const char *path, int flags, mode_t mode) {
    if (!under(path) || !(flags & (O_CREAT | O_TRUNC))) return syscall(SYS_openat, dir, path, flags, mode);
    struct stat stat;
    pthread_mutex_lock(&turn);
    int fresh = syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    int fd = syscall(SYS_openat, dir, path, flags, mode), why = errno;
    if (fd >= 0 && !fstat(fd, &stat)) {
        if (fresh) note('C', stat.st_ino, 0, path, strlen(path));
        else if (flags & O_TRUNC) note('T', stat.st_ino, 0, "", 0);
    }
    pthread_mutex_unlock(&turn);
    errno = why;
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if (flags & O_CREAT) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }
int open(const char *path, int flags, ...) { MODE(flags) return enter(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return enter(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return enter(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return enter(dir, path, flags, mode); }

/* Two names are told with a zero between them. */
static int named(char kind, int result, const char *from, const char *to) {
    char both[2 * PATH_MAX];
    if (!result && under(from)) note(kind, 0, 0, both, snprintf(both, sizeof both, "%s%c%s", from, 0, to));
    pthread_mutex_unlock(&turn);
    return result;
}
int rename(const char *from, const char *to) {
    pthread_mutex_lock(&turn);
    return named('R', syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0), from, to);
}
int linkat(int dir, const char *from, int other, const char *to, int flags) {
    pthread_mutex_lock(&turn);
    return named('L', syscall(SYS_linkat, dir, from, other, to, flags), from, to);
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int unlinkat(int dir, const char *path, int flags) {
    pthread_mutex_lock(&turn);
    return named('U', syscall(SYS_unlinkat, dir, path, flags), path, "");
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
