using System.Security.Cryptography;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>Keeps a training run's folder on S3, so that an empty machine goes on where another one vanished.</summary>
/// <param name="store">Where the run lies on S3.</param>
/// <param name="folder">The run's folder on this machine.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes what goes wrong.</param>
internal sealed class RunMirror(IObjectStore store, string folder, TimeProvider time, NodeLog log)
{
    private readonly MirroredFolder local = new(folder);
    private MirrorList last = new([]);

    /// <summary>Brings the run, unless it is here or nowhere. A node that was started again on the same machine has more than S3 does.</summary>
    /// <exception cref="StorageException">A part of it is missing or damaged.</exception>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        var file = await store.ReadSmallAsync(MirrorList.Key, MirrorList.MostBytes, cancellation).ConfigureAwait(false);
        if (file is not null) last = MirrorList.Parse(file);
        if (Directory.Exists(folder)) return;
        var aside = folder + ".fetching";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        Directory.CreateDirectory(aside);
        foreach (var wanted in last.Files) await FetchAsync(wanted, Path.Combine(aside, wanted.Path), cancellation).ConfigureAwait(false);
        Directory.Move(aside, folder);
    }

    /// <summary>Sends what is new once in so long a time, until cancelled.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(interval, time, cancellation).ConfigureAwait(false);
            try
            {
                await PushAsync(cancellation).ConfigureAwait(false);
            }
            catch (StorageException error)
            {
                log.Say($"The run was not mirrored: {error.Message}");
            }
        }
    }

    /// <summary>Sends what is new: contents first, then the list that names them, and only then is anything taken away.</summary>
    /// <returns>False when the folder changed all the time: S3 then has its last state.</returns>
    /// <exception cref="StorageException">S3 does not take it.</exception>
    public async Task<bool> PushAsync(CancellationToken cancellation)
    {
        if (local.Look() is not { } now) return false;
        if (now.Files.SequenceEqual(last.Files)) return true;
        foreach (var file in now.Files.ExceptBy(last.Files.Select(one => one.Sha256), one => one.Sha256))
        {
            if (local.Read(file) is not { } content) return false;
            await store.PublishAsync(MirrorList.KeyOf(file.Sha256), content, cancellation).ConfigureAwait(false);
        }

        await store.WriteAsync(MirrorList.Key, now.ToBytes(), cancellation).ConfigureAwait(false);
        last = now;
        var named = now.Files.Select(file => MirrorList.KeyOf(file.Sha256)).ToHashSet(StringComparer.Ordinal);
        await foreach (var file in store.ListAsync(MirrorList.Contents, cancellation).ConfigureAwait(false))
        {
            if (!named.Contains(file.Key)) await store.DeleteAsync(file.Key, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private async Task FetchAsync(MirrorFile wanted, string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var from = await store.OpenAsync(MirrorList.KeyOf(wanted.Sha256), cancellation).ConfigureAwait(false))
        await using (var to = File.Create(path))
            await from.CopyToAsync(to, cancellation).ConfigureAwait(false);
        await using var written = File.OpenRead(path);
        var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellation).ConfigureAwait(false));
        if (found != wanted.Sha256) throw new StorageException($"{store.Address}/{MirrorList.KeyOf(wanted.Sha256)} is damaged: its bytes are not those of {wanted.Path}.");
    }
}
