namespace EyeSlots.Aws.Nodes;

/// <summary>Where everything of a machine lies: below one folder, on the instance store where it has one.</summary>
/// <param name="home">That folder.</param>
internal sealed class NodeFolder(string home)
{
    /// <summary>The folder.</summary>
    public string Home => home;

    /// <summary>This program.</summary>
    public string Program => Path.Combine(home, "program", "eyeslots");

    /// <summary>Unpacked artifacts.</summary>
    public string Spark => Path.Combine(home, "spark");

    /// <summary>The Java runtime.</summary>
    public string Jre => Path.Combine(home, "jre");

    /// <summary>What trains.</summary>
    public string Trainer => Path.Combine(home, "libtorch");

    /// <summary>Spark's settings, with the secret.</summary>
    public string Configuration => Path.Combine(home, "conf");

    /// <summary>Logs of the node, of Spark's daemons and of jobs; all of them are shipped.</summary>
    public string Logs => Path.Combine(home, "logs");

    /// <summary>What Spark and jobs write, as the user who runs them.</summary>
    public string Work => Path.Combine(home, "work");

    /// <summary>Folders of training runs, mirrored to S3.</summary>
    public string Runs => Path.Combine(Work, "runs");

    /// <summary>Executors' folders, with their logs.</summary>
    public string Executors => Path.Combine(Work, "executors");

    /// <summary>Makes the folders that the machine's own user writes.</summary>
    public void Make()
    {
        foreach (var folder in (string[])[Configuration, Logs, Work, Runs, Executors]) Directory.CreateDirectory(folder);
    }
}
