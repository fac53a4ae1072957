namespace EyeSlots.Core.Storage;

/// <summary>A store refused or failed: no such bucket, wrong credentials, full disk, or a fault that stayed after all retries.</summary>
public sealed class StorageException(string message, Exception? inner = null) : EyeSlotsException(ErrorCodes.StorageFailed, message, inner);
