namespace EyeSlots.Spark.Tests.Servers;

/// <summary>
/// The worker that the shared folder holds as the protocol's description, made to take this client's commands and versions. Its
/// functions: <c>echo</c>, <c>fail</c>, <c>late-fail</c>, <c>crash</c> (on the first attempt), <c>slow</c> (20 s).
/// </summary>
internal static class ReferenceWorker
{
    /// <summary>Writes an executable that speaks the level's frames.</summary>
    public static string Write(string path, int level)
    {
        File.WriteAllText(path, $"""
            #!/usr/bin/python3
            import json, os, sys, types
            sys.dont_write_bytecode = True
            sys.path[:0] = ["{Tools.PyArrow()}", "{Path.GetDirectoryName(SharedFolder.File("spark", "reference_worker.py"))}"]
            os.environ["LEVEL"] = "{level}"
            import reference_worker as worker
            def loads(text):
                value = json.loads(text)
                if "function" in value:
                    value["udf"] = value["function"]
                return value
            worker.json = types.SimpleNamespace(loads=loads)
            worker.main()
            """);
        Tools.Run("chmod", "755", path);
        return path;
    }

    /// <summary>The same in an archive, as a worker travels to a cluster: <c>worker</c> at its root.</summary>
    public static byte[] Archive(string folder, int level)
    {
        var home = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        Write(Path.Combine(home, "worker"), level);
        Tools.Run("tar", "-czf", Path.Combine(home, "worker.tar.gz"), "-C", home, "worker");
        return File.ReadAllBytes(Path.Combine(home, "worker.tar.gz"));
    }
}
