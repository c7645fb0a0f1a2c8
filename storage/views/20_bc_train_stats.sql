-- Every epoch of behaviour cloning, with the original's columns.
-- Example: select epoch, train_acc, val_acc from bc_train_stats
select
    timestamp, run, epoch, epochs, samples, train_samples, val_samples, train_loss, train_acc,
    val_loss, val_acc, best_val_loss, lr, batch_size, weight_decay, label_smoothing, patience,
    accuracy_by_kind
from cloning
order by run, epoch
