namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// An open folder below the root in which files are published and deleted. Names are looked up in the open folder itself,
/// so a link that is changed meanwhile cannot lead a write out of the root.
/// </summary>
internal sealed class LocalFolder : IDisposable
{
    private readonly string path;

    private LocalFolder(int descriptor, string path) => (Descriptor, this.path) = (descriptor, path);

    internal int Descriptor { get; }

    /// <summary>Opens the folder, made as needed and each new name flushed; null when it is absent and not to be made.</summary>
    internal static LocalFolder? Open(string root, RealRoot realRoot, ReadOnlySpan<char> folder, bool make)
    {
        var file = LocalPath.Open(root, Posix.ReadOnly | Posix.Directory);
        if (file < 0 && make && Posix.Error == Errno.NoEntry)
            return MakeRoot(root, realRoot, folder);
        if (file < 0)
            return !make && Errno.IsMissing(Posix.Error) ? null : throw Errno.Explain("open", root, Posix.Error);

        return Descend(new(file, root), realRoot, root, folder, make);
    }

    /// <summary>Flushes the folder, so that names made in it outlive a power cut.</summary>
    internal void Sync()
    {
        // Some network and FUSE file systems cannot flush a folder and say EINVAL; there is nothing more to do then.
        if (Posix.Sync(Descriptor) < 0 && Posix.Error is not (Errno.Invalid or Errno.NotSupported))
            throw Fault("flush", "");
    }

    /// <summary>What keeps a name that a file should have.</summary>
    internal StorageException InTheWay(string name) =>
        new($"{Path.Join(path, name)} is a folder, or a link to nothing, where a file should be; move it away and run again.");

    internal StorageException Fault(string what, string name) => Errno.Explain(what, Path.Join(path, name), Posix.Error);

    public void Dispose() => _ = Posix.Close(Descriptor);

    private static LocalFolder? Descend(LocalFolder at, RealRoot realRoot, string root, ReadOnlySpan<char> folder, bool make)
    {
        foreach (var part in folder.Split('/'))
        {
            if (part.End.Value == part.Start.Value)
                continue;
            using var parent = at;
            var next = parent.Step(folder[part].ToString(), make);
            if (next is null)
                return null;
            at = next.Inside(realRoot, root);
        }

        return at;
    }

    private static LocalFolder? MakeRoot(string root, RealRoot realRoot, ReadOnlySpan<char> folder)
    {
        var missing = new Stack<string>();
        var parent = root;
        while (!Directory.Exists(parent) && Path.GetDirectoryName(parent) is { } above)
        {
            missing.Push(Path.GetFileName(parent));
            parent = above;
        }

        using (Open(parent, new RealRoot(parent), string.Join('/', missing), make: true))
        {
        }

        // Another writer may have made it meanwhile; one that is still not there will not come by trying again.
        var file = LocalPath.Open(root, Posix.ReadOnly | Posix.Directory);
        return file >= 0 ? Descend(new(file, root), realRoot, root, folder, make: true) : throw Errno.Explain("open", root, Posix.Error);
    }

    private LocalFolder? Step(string name, bool make)
    {
        var next = LocalPath.OpenIn(Descriptor, name, Posix.ReadOnly | Posix.Directory);
        if (next < 0 && make && Posix.Error == Errno.NoEntry)
        {
            if (Posix.MakeFolder(Descriptor, name, 0x1FF) < 0 && Posix.Error != Errno.Exists)
                throw Fault("make", name);
            Sync();
            next = LocalPath.OpenIn(Descriptor, name, Posix.ReadOnly | Posix.Directory);
        }

        if (next >= 0)
            return new(next, Path.Join(path, name));
        return !make && Errno.IsMissing(Posix.Error) ? null : throw Fault("open", name);
    }

    private LocalFolder Inside(RealRoot realRoot, string root)
    {
        if (realRoot.Contains(Descriptor))
            return this;
        Dispose();
        throw new StorageException($"{path} is a link that leads out of {root}; name the folder it leads to instead.");
    }
}
